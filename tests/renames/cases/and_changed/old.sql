create table users (id integer, age integer default 1, note varchar(10), gone text);
create view v as select id, age from users;
