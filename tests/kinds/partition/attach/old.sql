create table p (id int not null, v text) partition by range (id);
create index p_v on p (v);
create table p1 (id int not null, v text);
create table p2 partition of p for values from (10) to (20);
