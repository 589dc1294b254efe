create table p (id int not null, v text) partition by hash (id);
create table p1 partition of p for values with (modulus 2, remainder 0);
create table p2 partition of p for values with (modulus 2, remainder 1);
create view w as select id from p;
