create table p (id int not null, at int not null) partition by list (at);
create table p1 partition of p for values in (1);
