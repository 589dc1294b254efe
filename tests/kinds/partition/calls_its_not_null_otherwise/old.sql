create table whole (id integer, at integer) partition by list (at);
