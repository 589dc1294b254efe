create table t (id int primary key, x int, added text not null default 'a', n numeric(10, 2), ts timestamptz(3) default now());
create view v as select id, added as gone from t;
