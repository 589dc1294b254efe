create table o (id int primary key);
create table t (id int not null references o check (id > 0));
create domain d as int check (value > 0);
