insert into boxes (id, width, height) values (1, 2, 3), (2, 4, 5);
insert into parts (name) values ('a');
insert into old_style (name) values ('a'), ('b');
