-- tablespaces: fast, slow
create table t (a int, b int, r int4range);
