create table p (id int not null, v text) partition by range (id);
create table p1 partition of p for values from (1) to (20);
create table l (v text) partition by list (v);
create table l1 partition of l for values in ('a', 'b');
