create table "New" (id bigserial, gone int);
create table p2 (k int not null, v text);
create table p3 (k int not null, v text);
create table t (own int) inherits ("New");
create table u (own int) inherits (p3);
create table p4 (id int, gone int);
create table v (own int) inherits (p4);
