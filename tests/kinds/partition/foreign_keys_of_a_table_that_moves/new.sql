create schema "S";
create table o (id int primary key);
create table "S".p (id int primary key, a int) partition by list (id);
create table p1 partition of "S".p for values in (1) partition by list (id);
create table p11 (id int not null, a int, constraint p11_pkey primary key (id));
create table p2 partition of "S".p default;
alter table "S".p add constraint f foreign key (a) references o on delete cascade;
