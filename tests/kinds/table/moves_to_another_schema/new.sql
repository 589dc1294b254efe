create schema app;
create table app.t (id int primary key);
create view v as select id from app.t;
