create schema "S 2";
create table "S 2"."P t" (a int, "B c" text) partition by range (a);
create table one partition of "S 2"."P t" for values from (0) to (10);
create table two partition of "S 2"."P t" for values from (10) to (20);
create index "W x" on only "S 2"."P t" ("B c");
create index one_x on one ("B c");
create index "two X" on two ("B c");
alter index "S 2"."W x" attach partition one_x;
