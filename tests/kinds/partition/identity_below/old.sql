create table p (id int generated always as identity, k int, v int) partition by list (k);
create table p1 partition of p for values in (1) partition by list (v);
create table p11 partition of p1 for values in (1);
