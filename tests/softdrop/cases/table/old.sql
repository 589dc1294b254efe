create table t (id int primary key, name text not null); create table keep (id int);
