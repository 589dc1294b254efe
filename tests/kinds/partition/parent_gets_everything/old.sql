create table q (id int primary key);
create table p (id int, v text, r int) partition by range (id);
create table p1 partition of p for values from (1) to (10);
create table p2 partition of p for values from (10) to (20) partition by range (id);
create table p21 partition of p2 for values from (10) to (15);
create function f() returns trigger language plpgsql as 'begin return new; end';
