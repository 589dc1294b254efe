create table t (a int, b int generated always as (a) stored, c int generated always as (a) stored);
create table "H2" (own int, c int generated always as (a + 5) stored) inherits (t);
