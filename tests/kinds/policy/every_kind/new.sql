-- roles: alice, "Bob x"
create table t (id int, owner text);
alter table t enable row level security;
create policy a on t as restrictive for select to alice, public using (id > 0);
create policy "P ""b""" on t for insert to alice with check (owner = 'it''s');
create policy c on t for update using (owner = current_user) with check (id > 1);
create policy d on t for delete to current_user using (exists (select from t t2 where t2.id = 1));
comment on policy a on t is 'a';
