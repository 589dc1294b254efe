create schema "S ""1"".x";
create table "S ""1"".x"."T" (a integer primary key);
create table gone (a integer primary key);
create table kept (a integer primary key, b text);
create publication p for table "S ""1"".x"."T", gone, kept;
