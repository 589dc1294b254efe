create table p (id int, k int) partition by list (k);
create table p1 partition of p for values in (1);
create table p2 partition of p for values in (2);
create index one on p1 (id);
create index p_idx on p (id);
