create table p (id int, k int) partition by list (k);
create table p1 partition of p for values in (1);
create unique index p1_key on p1 (id,k);
create unique index p_idx on p (id,k);
