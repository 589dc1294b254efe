create schema "S ""1"".x";
create table "S ""1"".x"."T" (a integer primary key);
create table came (a integer primary key);
create table parted (a integer) partition by list (a);
create table kept (a integer primary key);
create publication p for table came, kept, parted;
create publication "P 2" for table "S ""1"".x"."T";
