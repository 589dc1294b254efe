create schema "Other";
create table t (a int);
create table "Other"."Heir" (own int) inherits (t);
create table below (n int) inherits ("Other"."Heir");
create table has (c text) inherits (t);
create table p (a int) partition by list (a);
create table p1 partition of p for values in (1);
create table filled (a int);
create table filled_heir () inherits (filled);
