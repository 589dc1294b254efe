create function f() returns trigger language plpgsql as 'begin return new; end';
create table p (id int, a int, g int generated always as (a + 1) stored) partition by list (id);
create table "P 1" partition of p default;
create table t (a int, "G" int generated always as (a + 1) stored);
