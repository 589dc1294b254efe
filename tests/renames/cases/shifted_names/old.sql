create table a (x integer);
create table b (y integer);
create sequence s;
create sequence s2;
