create table p (id int); create table h (x int) inherits (p);
