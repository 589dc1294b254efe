create table parent (a int, "B" text default 'old', c int default 3);
create table others (id int);
