create table r (id int primary key, k text);
create table t (id int, a int, b text, p point);
