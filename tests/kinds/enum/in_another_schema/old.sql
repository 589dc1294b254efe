create schema app;
create type app.mood as enum ('sad', 'happy');
create type mood as enum ('a', 'b');
create table p (m app.mood, n mood);
