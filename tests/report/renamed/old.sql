create type mood as enum ('sad', 'ok');
create table users (id serial primary key, mail text, felt mood);
create index on users (mail);
