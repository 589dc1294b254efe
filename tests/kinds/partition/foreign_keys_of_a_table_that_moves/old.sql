create schema "S";
create table o (id int primary key);
create table p (id int primary key, a int) partition by list (id);
create table p1 partition of p for values in (1) partition by list (id);
create table p11 partition of p1 default;
create table p2 partition of p default;
alter table p add constraint f foreign key (a) references o;
alter table p add constraint self foreign key (a) references p;
alter table p1 add constraint g foreign key (id) references o on delete cascade;
