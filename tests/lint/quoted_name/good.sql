create table t_1 (state int);
