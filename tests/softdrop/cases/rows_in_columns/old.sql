create table t (a int, b text); create table holder (id int, r t, rs t[]);
