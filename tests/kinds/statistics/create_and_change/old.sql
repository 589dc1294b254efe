create table t (a int, b int, c text);
create statistics s on a, b from t;
create statistics u (ndistinct) on a, b from t;
