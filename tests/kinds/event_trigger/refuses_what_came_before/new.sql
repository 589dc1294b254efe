-- roles: case_ev
create function refuse() returns event_trigger language plpgsql as 'begin raise exception ''no''; end';
create table t (a integer);
comment on table t is 'made before the trigger';
grant select on t to case_ev;
create event trigger no_tables on ddl_command_start when tag in ('CREATE TABLE', 'DROP TABLE', 'COMMENT', 'GRANT', 'ALTER TABLE') execute function refuse();
