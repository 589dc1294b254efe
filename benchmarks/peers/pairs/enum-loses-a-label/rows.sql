insert into tickets values (1, 'high', '{low,middle}'), (2, 'low', '{}');
