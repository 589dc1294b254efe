create type mood as enum ('sad', 'happy');
create table p (id int primary key, m mood not null default 'sad');
