create table t (id int constraint needed not null, a int constraint "A ""b""" not null, b int not null);
