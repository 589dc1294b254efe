create table t (id int primary key, c text not null default 'd' unique, n int not null check (n > 0), x int);
create index on t (n); create index on t (lower(c)) where n > 3;
create statistics s on n, x from t;
comment on column t.c is 'Old';
