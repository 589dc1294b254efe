create table t (id int primary key, a text default 'one', b jsonb default '{}' not null, c varchar(20) default 'abc'::varchar);
