create schema "Other";
create table page (id integer, notes jsonb);
create type bundle as (page page, "Labels" text[]);
create domain "Checked bundle" as bundle check (value is null or (value).page is not null);
create type "Other".box as (content "Checked bundle"[]);
create table kept (id integer);
