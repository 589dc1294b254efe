create domain email as text default 'b' not null constraint c check (value <> 'y') constraint d check (value <> 'z');
create table t (id int, e email);
