create schema "S x";
create table "S x"."T" (id int, k int, v text) partition by range (id);
create table "S x".t1 partition of "S x"."T" for values from (0) to (10) partition by range (k);
create table "S x".t11 partition of "S x".t1 for values from (0) to (10);
create table "S x".t12 partition of "S x".t1 default;
create table "S x".t2 partition of "S x"."T" for values from (10) to (20);
alter table "S x"."T" alter v set not null, add constraint "P k" primary key (id, k);
