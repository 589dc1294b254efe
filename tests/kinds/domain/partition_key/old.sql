create domain d as int;
create table p (id int, k d) partition by range (k);
create table p1 partition of p for values from (1) to (10);
