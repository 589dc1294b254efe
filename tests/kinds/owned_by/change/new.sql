create schema s;
create table a (id int);
create table b (id int);
create sequence q owned by b.id;
create sequence r owned by a.id;
create sequence z;
