-- roles: case_reader
create table users (
    id serial primary key,
    email text not null default 'none' unique,
    "Full Name" text check ("Full Name" <> ''),
    parent integer references users (id) on delete cascade,
    upper_mail text generated always as (upper(email)) stored
);
create index on users ("Full Name") where email <> 'x';
create index users_parent_lookup on users (parent);
create statistics st on email, parent from users;
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touch before update of email on users for each row when (new.email <> 'q') execute function touch();
alter table users enable row level security;
create policy own on users using (email = current_user);
create view v as select u.email, "Full Name" as name from users u;
create view w as select email, name from v;
create materialized view m as select count(*) as n, email from users group by email;
create unique index on m (email);
comment on table users is 'who';
comment on column users.email is 'where to write';
comment on constraint users_pkey on users is 'key';
grant select on users to case_reader;
grant select (email), update ("Full Name") on users to case_reader with grant option;
grant usage on sequence users_id_seq to case_reader;
grant select on v to case_reader;
