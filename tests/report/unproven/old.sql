create table course (id integer primary key);
