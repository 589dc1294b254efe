create table p (id int, k bigint) partition by range (id);
create table p1 partition of p for values from (1) to (10) partition by list (k);
create table p11 partition of p1 for values in (1);
