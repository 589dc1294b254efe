create table b (id int not null, j int not null);
create unique index b_i on b (j);
alter table b replica identity using index b_i;
