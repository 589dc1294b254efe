create table p (a int not null, b int) partition by list (a);
create table p1 partition of p for values in (1);
create table p2 partition of p for values in (2);
alter table only p add constraint p_pkey primary key (a);
alter table p1 add constraint p1_pkey primary key (a);
alter table p2 add constraint p2_pkey primary key (a);
alter index p_pkey attach partition p1_pkey;
