create schema "O'Neil";
create table "O'Neil"."T" (
    id int primary key, "A b" text, "u u" uuid not null default gen_random_uuid(),
    "S'" bigserial, n numeric default random() check (n >= 0)
);
create unique index on "O'Neil"."T" ("u u");
comment on column "O'Neil"."T"."u u" is 'said';
create table plain (id int, at timestamptz default clock_timestamp(), key serial primary key);
alter table plain alter column at set statistics 7;
create table m (id int, d date, u uuid not null default gen_random_uuid()) partition by range (d);
create table m1 partition of m for values from ('2020-01-01') to ('2021-01-01');
create table m2 partition of m default partition by list (id);
create table m3 partition of m2 default;
create table parent (id int, r float not null default random());
create table child (more int) inherits (parent);
create view seen as select id, u from m;
grant select (u) on m to public;
