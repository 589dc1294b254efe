create table holder (id int);
