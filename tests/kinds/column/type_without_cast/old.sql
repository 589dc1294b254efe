create table t (id int primary key, a text, b text default '7', c jsonb, d text, e boolean, f text default '{1,2}');
