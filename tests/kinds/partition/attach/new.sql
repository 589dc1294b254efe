create table p (id int not null, v text) partition by range (id);
create index p_v on p (v);
create table p1 partition of p for values from (1) to (10);
create table p2 (id int not null, v text);
