create table p (id int, a int, b int) partition by list (id);
create table p1 partition of p for values in (1) partition by list (id);
create table "P 11" partition of p1 default;
create table p2 partition of p for values in (2);
alter table p1 add constraint "N 1" not null a;
alter table p2 add constraint n2 not null b;
alter table p1 add constraint k check (a > 0);
alter table p2 add constraint "K 2" check (a > 0);
