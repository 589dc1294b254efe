create table course (id integer primary key, title varchar(100));
create function price() returns integer language sql immutable as 'select 2';
