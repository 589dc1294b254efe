create schema s;
create table a (id int);
create table b (id int);
create sequence q owned by a.id;
create sequence r;
