create table t (id int generated always as identity);
create table u (id bigint generated always as identity);
