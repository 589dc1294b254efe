create table r (id int primary key);
create table t (r int references r deferrable initially deferred);
