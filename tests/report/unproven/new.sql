create table course (id integer primary key, title text);
grant select on course to public;
