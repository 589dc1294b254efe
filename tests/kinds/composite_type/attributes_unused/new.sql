create type a as (x bigint, y varchar(10), z date);
