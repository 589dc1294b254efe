create table p (id int not null, v text default 'x') partition by range (id);
create table p1 partition of p (v default 'y' not null, check (v <> 'z')) for values from (1) to (10);
create index p1_v on p1 (v);
