create table keep (id int); create view two as select id from keep;
