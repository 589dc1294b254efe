create table t (a int, b int, c text);
create statistics s (mcv, dependencies) on a, c from t;
alter statistics s set statistics 100;
create statistics u (ndistinct) on a, b from t;
alter statistics u set statistics 10;
create statistics "E ""x""" on (a + b), lower(c) from t;
comment on statistics u is 'u';
