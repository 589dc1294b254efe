create table t (id int not null, b bigint generated always as identity);
