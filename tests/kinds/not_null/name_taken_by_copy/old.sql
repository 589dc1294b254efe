create table a (id int not null, k int);
create table copy (like a);
create table w (x int);
