create table p (id int, c text); create table h (c text, x int) inherits (p);
