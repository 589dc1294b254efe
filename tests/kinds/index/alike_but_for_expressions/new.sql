create table p (id int, a text) partition by list (id);
create table p1 partition of p for values in (1);
create index a_only on only p (lower(a));
create index b_whole on p (upper(a));
create index c_whole on p (lower(a));
