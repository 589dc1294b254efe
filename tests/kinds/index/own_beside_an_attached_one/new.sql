create table p (id int, a int) partition by list (id);
create table p1 partition of p for values in (1, 2);
alter table p add constraint z unique (id);
alter table p1 add constraint k unique (id);
create index zi on p (a);
create index ai on p1 (a);
