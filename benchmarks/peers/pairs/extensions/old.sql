create schema tools;
create extension hstore;
create table places (id bigint primary key, name text not null);
