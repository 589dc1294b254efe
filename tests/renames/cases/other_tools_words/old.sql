create table users (id integer primary key, name text, mail text);
create index users_mail on users (mail);
