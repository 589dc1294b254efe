create domain full_text as text not null; create table t (id int, c full_text);
