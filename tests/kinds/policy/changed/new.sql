-- roles: alice, bob
create table t (id int);
create policy a on t for select to alice, bob using (id > 1);
create policy b on t using (id > 0);
create policy c on t for delete using (id > 0);
comment on policy b on t is 'kept';
