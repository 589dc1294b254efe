create table s (id int);
create view t as select id from s;
