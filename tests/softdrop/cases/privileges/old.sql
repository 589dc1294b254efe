-- roles: soft_reader, soft_owner
create table t (id serial primary key, v text);
grant select on t to soft_reader; grant update (v) on t to soft_reader;
create table o (id int); alter table o owner to soft_owner;
comment on table t is 'It''s';
create table keep (id int, c text); grant select (c) on keep to soft_reader; grant insert on keep to soft_reader;
