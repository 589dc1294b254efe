create table p (id int, k int) partition by range (k);
create table p1 partition of p for values from (1) to (10);
create table q (k int, v text) partition by list ((k + 1));
create table q1 partition of q for values in (2);