create domain email as text collate "C" default 'a@b' not null constraint has_at check (value like '%@%') check (value <> '');
create table t (id int, e email, es email[]);
