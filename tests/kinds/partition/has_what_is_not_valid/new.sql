create table p (a int, b int, c int) partition by list (a);
create table p1 (a int, b int, c int);
alter table p1 add constraint pn not null c not valid;
alter table p1 add constraint k check (b > 1) not valid;
create table "P 2" partition of p for values in (2) partition by list (b);
create table p21 partition of "P 2" default;
alter table p add constraint n1 not null c not valid;
alter table p add constraint k check (b > 1) not valid;
alter table p add constraint k3 check (b > 1)
