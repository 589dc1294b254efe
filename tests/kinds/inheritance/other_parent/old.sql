create table "Old" (id bigserial, gone int);
create table p2 (k int not null, v text);
create table t (own int) inherits ("Old");
create table u (own int) inherits (p2);
create table w (id int, gone int);
create table v (own int) inherits (w);
