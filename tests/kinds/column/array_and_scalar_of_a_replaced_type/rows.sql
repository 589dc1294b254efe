insert into "Held" values (1, 'low', '{high}'), (2, null, null);
