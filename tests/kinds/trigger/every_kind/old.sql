create table t (id int primary key, a int, b text);
create function f() returns trigger language plpgsql as 'begin return new; end';
