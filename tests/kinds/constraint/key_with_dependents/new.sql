create table r (id int, k int not null, n text, constraint r_pkey primary key (id) include (n));
create table t (r int references r);
create view grouped as select id, n, count(*) from r group by id;
