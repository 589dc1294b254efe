create table t (a int, b int generated always as (a) stored, c int generated always as (a) stored);
create table h (own int) inherits (t);
create table p (a int, b int generated always as (a) stored, c int generated always as (a) stored) partition by list (a);
create table p1 partition of p for values in (1);
create table p2 partition of p for values in (2) partition by list (a);
create table p21 partition of p2 for values in (2);
