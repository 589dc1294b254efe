-- roles: alice
create table t (id int generated always as identity);
alter table t owner to alice;
grant select on sequence t_id_seq to public;
comment on sequence t_id_seq is 'numbers';
