insert into "Heir" values (1, 3, 'one');
insert into grandchild (id, "Mark", own) values (2, 4, 'two');
