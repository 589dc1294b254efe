create table t (id int primary key, a int not null unique, b int unique nulls not distinct);
create unique index on t (b) where a > 0;
