create table t (a int, b int, c int generated always as (a + 1) stored);
create table "H2" (own int, c int generated always as (a + 5) stored) inherits (t);
