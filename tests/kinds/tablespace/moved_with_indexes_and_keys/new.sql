create schema "S x";
create table "S x"."T" (id int constraint "P k" primary key using index tablespace fast, e int, r int4range) tablespace "Slow ""disk"" 1";
alter table "S x"."T" add constraint "U k" unique (e) with (fillfactor = 70) using index tablespace fast deferrable initially deferred;
alter table "S x"."T" add constraint apart exclude using gist (r with &&) using index tablespace fast;
create index "I x" on "S x"."T" (e) tablespace fast where e > 0 or e is null;
create materialized view "S x"."M v" tablespace fast as select id from "S x"."T";
create unique index on "S x"."M v" (id) tablespace "Slow ""disk"" 1";
create table kept (id int primary key) tablespace fast;
