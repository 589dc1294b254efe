create table t (id int, a text, b text, c numeric, d int);
alter table t alter b set storage main, alter c set storage plain, alter a set statistics 100, alter d set (n_distinct = 6);
