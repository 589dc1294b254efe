create type ty as (a int, b text);
create table plain (a int, b text);
