-- roles: case_ev
create schema "S";
create function "S"."Fn ""1"""() returns event_trigger language plpgsql as 'begin end';
create function note() returns event_trigger language plpgsql as 'begin end';

create event trigger state on ddl_command_end execute function note();
alter event trigger state enable always;
create event trigger tags on ddl_command_end when tag in ('CREATE VIEW') execute function "S"."Fn ""1"""();
alter event trigger tags owner to case_ev;
alter event trigger tags enable replica;
comment on event trigger tags is 'new';
create table t (a integer);
