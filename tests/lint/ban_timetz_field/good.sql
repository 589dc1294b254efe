create table t (a time, b timestamptz);
