create table p (id int not null, v bigint default 1, primary key (id)) partition by range (id);
create table p1 partition of p for values from (1) to (10);
create index p_v on p (v);
