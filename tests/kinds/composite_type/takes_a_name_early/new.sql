create schema "S 2";
create type "La bel" as (a int);
create type "S 2".pair as (x "La bel", y int);
create table t (id int, c "S 2".pair);
