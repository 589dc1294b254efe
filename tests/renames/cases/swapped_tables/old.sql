create table a (id integer primary key, x text);
create table b (id integer primary key, y integer references a (id));
create table "C" (z integer);
create view v as select a.x, b.y from a join b using (id);
