create table p (id int not null, v text);
create view w as select id from p;
