create table whole (id integer, at integer, primary key (id, at)) partition by range (at);
create table first partition of whole for values from (0) to (10);
create table second partition of whole for values from (10) to (20);
