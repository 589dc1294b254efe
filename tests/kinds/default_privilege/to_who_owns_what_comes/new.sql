-- roles: Owner, other
alter default privileges grant all on functions to "Owner";
alter default privileges grant select on tables to "Owner" with grant option;
alter default privileges in schema public grant usage on sequences to "Owner", other;
create sequence plain;
create procedure p() language sql as 'select 1';
alter procedure p() owner to "Owner";
create table t (a int);
alter table t owner to "Owner";
create table bare (a int);
alter table bare owner to "Owner";
revoke all on table bare from "Owner";
create sequence s;
alter sequence s owner to "Owner";
create table others (a int);
alter table others owner to other;
revoke select on table others from "Owner";
