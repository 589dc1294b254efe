create type a as (x int, y text, gone int);
