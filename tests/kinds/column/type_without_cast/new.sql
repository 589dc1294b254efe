create table t (id int primary key, a int, b bigint default 7, c text, d uuid, e int, f int[] default '{1,2}');
