create table base (id integer);
create materialized view "Other" as select id from base;
create materialized view shown as select b.id from base b, "Other" o;
