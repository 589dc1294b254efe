create table p (id int, c text); create table h (x int) inherits (p);
