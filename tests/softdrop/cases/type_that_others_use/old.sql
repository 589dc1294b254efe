create type mood as enum ('sad','happy','gone');
create table t (id int primary key, m mood);
create table keep (id int, m mood default 'sad');
