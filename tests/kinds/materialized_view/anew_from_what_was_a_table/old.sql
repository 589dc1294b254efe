create table base (id integer);
create table "Other" (id integer);
create materialized view shown as select b.id from base b, "Other" o;
