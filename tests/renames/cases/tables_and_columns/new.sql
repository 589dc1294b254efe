-- roles: case_reader
-- schemadiff: renamed from users
create table people (
    id serial primary key,
    -- schemadiff: renamed from email
    mail text not null default 'none' unique,
    -- schemadiff: renamed from "Full Name"
    name text check (name <> ''),
    parent integer references people (id) on delete cascade,
    -- schemadiff: renamed from upper_mail
    "upper" text generated always as (upper(mail)) stored
);
create index on people (name) where mail <> 'x';
create index users_parent_lookup on people (parent);
create statistics st on mail, parent from people;
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touch before update of mail on people for each row when (new.mail <> 'q') execute function touch();
alter table people enable row level security;
create policy own on people using (mail = current_user);
create view v as select u.mail, name from people u;
create view w as select mail as email, name from v;
create materialized view m as select count(*) as n, mail as email from people group by mail;
create unique index on m (email);
comment on table people is 'who';
comment on column people.mail is 'where to write';
comment on constraint people_pkey on people is 'key';
grant select on people to case_reader;
grant select (mail), update (name) on people to case_reader with grant option;
grant usage on sequence people_id_seq to case_reader;
grant select on v to case_reader;
