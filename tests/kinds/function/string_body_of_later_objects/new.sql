set check_function_bodies = off;
create schema s;
create function s.count_later() returns bigint language sql as 'select count(*) from s.later';
create table s.later (id int);
create function s.a() returns int language sql as 'select s.b()';
create function s.b() returns int language sql as 'select 1';
