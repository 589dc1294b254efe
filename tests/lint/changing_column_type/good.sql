create table "T" ("A" int, b text, c numeric);
alter table "T" alter b set storage external;
