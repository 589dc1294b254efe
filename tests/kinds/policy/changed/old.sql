-- roles: alice, bob
create table t (id int);
create policy a on t for select to alice using (id > 0);
create policy b on t using (id > 0) with check (id > 0);
create policy c on t for update using (id > 0);
comment on policy b on t is 'kept';
