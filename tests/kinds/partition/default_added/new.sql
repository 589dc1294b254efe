create table p (id int not null) partition by list (id);
create table p1 partition of p default;
create table p2 partition of p for values in (2);
