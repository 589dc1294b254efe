create table t (id int primary key, a int, b varchar(10), c numeric(5, 2), d int[], e char(3), f timestamp);
