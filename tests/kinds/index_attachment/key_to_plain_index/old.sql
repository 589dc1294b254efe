create schema "S s";
create table "S s".p (id int, k int not null) partition by list (k);
create table "S s".p1 partition of "S s".p for values in (1);
create table "S s".p2 partition of "S s".p for values in (2) partition by list (k);
create table "S s".p21 partition of "S s".p2 for values in (2);
alter table "S s".p1 add constraint "Own key" unique (id, k);
alter table "S s".p21 add constraint p21_key primary key (id, k);
create unique index p_idx on "S s".p (id, k);
create table "S s".r (id int, k int, foreign key (id, k) references "S s".p1 (id, k));
