create schema a; create type a.e as enum ('x'); create table a.t (id int, e a.e); create table keep (id int, e a.e);
