create table t (a text, b varchar, c char(3));
