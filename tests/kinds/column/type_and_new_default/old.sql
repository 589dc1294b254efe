create table t (id int primary key, a int default 1, b text default 'x' not null, c varchar(10) default 'abc');
