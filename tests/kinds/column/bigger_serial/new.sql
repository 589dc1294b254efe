create table t (id bigserial primary key);
create table r (t bigint references t);
