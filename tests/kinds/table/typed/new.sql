create type ty as (a int, b text);
create table plain of ty;
create table other of ty (primary key (a), b with options default 'x' not null);
