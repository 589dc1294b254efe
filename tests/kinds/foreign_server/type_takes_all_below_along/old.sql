-- roles: case_server_a
create foreign data wrapper w;
create foreign data wrapper w2;
create server s type 'old' foreign data wrapper w;
create user mapping for case_server_a server s options (password 'p');
create foreign table t (a integer options (x 'y') not null default 1, check (a > 0)) server s options (o '1');
comment on column t.a is 'a column';
grant select on t to case_server_a;
create view v as select a from t;
