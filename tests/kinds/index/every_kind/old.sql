create table t (id int, a text, b jsonb, c int[]);
