create table t (id serial primary key);
create table r (t int references t);
