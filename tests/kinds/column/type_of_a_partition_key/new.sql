create table "Parts" (k text, v text) partition by list (k);
create table one partition of "Parts" for values in ('1');
create index i on "Parts" (v);
create view n as select v from "Parts";
create table u (t "Parts");
