create schema a;
create schema b;
create extension citext schema b;
create table t (x b.citext);
