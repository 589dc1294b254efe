create table t (id int);
create table log (id int, s text);
create rule a as on insert to t where new.id > 0 do also insert into log values (new.id, 'it''s');
create rule "R ""b""" as on delete to t do instead nothing;
create rule c as on update to t do instead (insert into log values (1); insert into log values (2));
alter table t disable rule c;
comment on rule a on t is 'a';
