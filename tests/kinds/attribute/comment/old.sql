create type a as (x int, "Y z" text);
