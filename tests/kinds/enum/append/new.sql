create type status as enum ('new', 'done', 'lost');
create table orders (id int primary key, status status not null default 'new');
