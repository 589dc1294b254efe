create table p (id int not null, v text); create table d (less int) inherits (p);
