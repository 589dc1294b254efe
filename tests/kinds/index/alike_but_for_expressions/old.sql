create table p (id int, a text) partition by list (id);
create table p1 partition of p default;
create index a_only on only p (lower(a));
