create table "R" (id int primary key, k int, unique (k, id)) ;
create table p (id int, r int, k int) partition by list (k);
create table p1 partition of p for values in (1);
create table p2 partition of p for values in (2) partition by list (id);
create table p21 partition of p2 default;
