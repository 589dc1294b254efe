create table p (a int, b text not null, c int default 3) partition by range (a);
