create table p (a int, b int, c int) partition by list (a);
create table p1 partition of p for values in (1);
create table "P 2" partition of p for values in (2) partition by list (b);
create table p21 partition of "P 2" default;
alter table p add constraint n1 not null a not valid;
alter table p add constraint n2 not null b not valid;
