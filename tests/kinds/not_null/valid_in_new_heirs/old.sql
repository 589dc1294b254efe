create schema "S s";
create table p (a int, b int);
alter table p add constraint "N a" not null a not valid;
create table first () inherits (p);
