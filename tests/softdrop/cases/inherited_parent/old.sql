create table p (id int not null, v text check (v <> ''));
create table c (more int) inherits (p);
