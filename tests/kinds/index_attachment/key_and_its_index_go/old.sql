create table p (id int, k int) partition by list (k);
create table p1 partition of p for values in (1);
alter table p1 add constraint p1_key unique (id,k);
create unique index p_idx on p (id,k);
