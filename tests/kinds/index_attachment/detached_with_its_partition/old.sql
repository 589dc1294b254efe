create table p (id int, v text) partition by range (id);
create index whole on p (v);
create table p1 partition of p for values from (1) to (10);
