create table t (id int primary key, a int, b int generated always as (a + 1) virtual, c int generated always as (a * 2) virtual);
