create type mood as enum ('sad', 'so-so', 'happy');
create table p (id int primary key, m mood not null default 'sad');
