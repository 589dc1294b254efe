create table t (id int, a text, b text compression pglz, c numeric, d int);
alter table t alter a set storage external, alter d set statistics 10, alter d set (n_distinct = 5, n_distinct_inherited = 7);
