create type a as (x int);
