create table p (id int not null, k int not null) partition by list (k);
create table p1 partition of p for values in (1);
alter table p add constraint p_key unique (id, k);
