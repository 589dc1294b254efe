create table a (id int primary key);
create table b (id int not null);
create unique index b_i on b (id);
alter table a replica identity full;
