create table course (id integer primary key, title varchar(200), notes text);
create table review (id integer primary key, body text);
create function price() returns integer language sql immutable as 'select 1';
