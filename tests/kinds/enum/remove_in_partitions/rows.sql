insert into p values (1, 'sad');
insert into d values ('happy');
