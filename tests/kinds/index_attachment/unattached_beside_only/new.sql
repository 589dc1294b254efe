create table before (id int);
create table p (id int, k int) partition by list (k);
create table p1 partition of p for values in (1);
create table p2 partition of p for values in (2);
create index p_idx on only p (id);
create index p1_idx on p1 (id);
create index p2_idx on p2 (id);
create index p_v on p (k);
