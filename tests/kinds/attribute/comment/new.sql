create type a as (x int, "Y z" text);
comment on column a."Y z" is 'why';
comment on type a is 'an a';
