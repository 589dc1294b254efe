create table p (id int); create table h (c text, x int) inherits (p);
