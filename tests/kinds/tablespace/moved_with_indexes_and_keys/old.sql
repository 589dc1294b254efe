-- tablespaces: fast, "Slow ""disk"" 1"
create schema "S x";
create table "S x"."T" (id int constraint "P k" primary key, e int, r int4range);
alter table "S x"."T" add constraint "U k" unique (e) with (fillfactor = 70) deferrable initially deferred;
alter table "S x"."T" add constraint apart exclude using gist (r with &&);
create index "I x" on "S x"."T" (e) where e > 0 or e is null;
create materialized view "S x"."M v" as select id from "S x"."T";
create unique index on "S x"."M v" (id);
create table kept (id int primary key) tablespace fast;
