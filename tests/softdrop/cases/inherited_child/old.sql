create table p (id int not null, v text);
create table c (more int) inherits (p);
create table d (less int) inherits (p);
