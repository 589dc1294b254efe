create table course (id bigint primary key, title varchar(100), price integer not null, old_note text);
create table tag (id integer primary key, name text);
create table course_tag (course_id bigint references course (id), tag_id integer references tag (id), primary key (course_id, tag_id));
create table event (id bigint, at date) partition by range (at);
create table kept (id integer primary key);
