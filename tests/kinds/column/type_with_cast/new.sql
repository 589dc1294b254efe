create table t (id int primary key, a bigint, b text, c numeric(10, 2), d bigint[], e varchar(5), f date);
