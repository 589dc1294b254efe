create table p (a int);
create table q (b int not null, c text default 'x', check (b > 0));
create table t (own int) inherits (q);
