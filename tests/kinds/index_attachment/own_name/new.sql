create table p (id int, v text) partition by range (id);
create table p1 partition of p for values from (1) to (10);
create index mine on p1 (v);
create index whole on only p (v);
alter index whole attach partition mine;
