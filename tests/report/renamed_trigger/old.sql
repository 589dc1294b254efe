create table course (id integer primary key);
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touch_course before update on course for each row execute function touch();
