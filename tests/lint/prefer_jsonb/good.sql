create table t (b jsonb);
