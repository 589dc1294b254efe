create domain email as text default 'a' constraint c check (value <> 'x');
create table t (id int, e email);
