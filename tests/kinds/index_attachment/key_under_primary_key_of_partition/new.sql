create table p (id int not null, k int not null) partition by list (k);
create table p1 partition of p for values in (1);
create unique index p_key on only p (id, k);
create unique index p1_key on p1 (id, k);
alter index p_key attach partition p1_key;
alter table p1 add constraint p1_pkey primary key using index p1_key;
