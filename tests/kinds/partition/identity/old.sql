create table p (id int not null, v text) partition by range (id);
create table p1 partition of p for values from (1) to (10);
