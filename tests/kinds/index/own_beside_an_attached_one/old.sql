create table p (id int, a int) partition by list (id);
alter table p add constraint z unique (id);
create index zi on p (a);
