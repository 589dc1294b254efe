create schema a;
create schema b;
create extension citext schema a;
create table t (x a.citext);
