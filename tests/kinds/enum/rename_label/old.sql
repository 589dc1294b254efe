create type mood as enum ('sad', 'so-so', 'happy');
create table p (id int primary key, m mood default 'sad');
create view v as select m::text from p where m = 'sad';
