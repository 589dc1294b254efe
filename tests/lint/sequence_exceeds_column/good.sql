create table t (id serial, n bigserial, m int default 3);
