-- roles: case_ev
create schema "S";
create function "S"."Fn ""1"""() returns event_trigger language plpgsql as 'begin end';
create function note() returns event_trigger language plpgsql as 'begin end';

create event trigger "Ev ""1"".ü" on ddl_command_start execute function "S"."Fn ""1"""();
create event trigger state on ddl_command_end execute function note();
create event trigger tags on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE') execute function note();
alter event trigger tags disable;
comment on event trigger tags is 'old';
