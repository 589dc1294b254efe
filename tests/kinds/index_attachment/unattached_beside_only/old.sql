create table before (id int);
