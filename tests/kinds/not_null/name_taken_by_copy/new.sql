create table a (id int not null, k int not null, z int not null);
create table copy (like a);
create table a2 (id int not null);
create table copy2 (like a2);
create table w (x int);
