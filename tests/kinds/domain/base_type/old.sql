create domain amount as int check (value > 0);
create table t (id int primary key, a amount not null default 1, b amount[]);
create view v as select id, a from t;
create index t_a on t (a);
