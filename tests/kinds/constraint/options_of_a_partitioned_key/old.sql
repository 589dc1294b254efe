create table p (id int, a int) partition by list (id);
create table p1 partition of p for values in (1) partition by list (id);
create table p11 partition of p1 default;
alter table p add constraint "K" unique (id) with (fillfactor=70) deferrable;
alter table p add primary key (id, a);
