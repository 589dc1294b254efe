create table t (id int, s serial, b bigserial unique);
