create schema "Register";
create table "Register".paper (id int primary key, publisher text, authors text[]);
create index on "Register".paper ((publisher is null)) where publisher is not null;
