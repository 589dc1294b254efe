create table t (id int, a text default 'x', b int default 1, c timestamptz default now(), d text);
create view v as select * from t;
alter view v alter column d set default 'dv';
