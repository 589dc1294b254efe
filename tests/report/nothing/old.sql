create table course (id integer primary key, title text);
