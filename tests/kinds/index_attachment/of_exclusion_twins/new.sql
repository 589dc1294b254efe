create table e (a int, b int) partition by list (b);
create table e1 partition of e for values in (1);
alter table e add constraint y9 exclude (a with =, b with =);
alter table e add constraint b9 exclude (a with =, b with =);
alter table e add constraint c9 exclude (a with =, b with =);
create table e2 partition of e for values in (2);
