-- Policies come, go and change; row security is forced on one table and enabled on another
create table notes (id bigint primary key, owner name not null default current_user, body text);
alter table notes enable row level security;
alter table notes force row level security;
create policy own_notes on notes to app_writer using (owner = current_user) with check (body <> '');
create policy all_notes on notes as restrictive for select using (id > 0);
create table logs (id bigint primary key, line text);
alter table logs enable row level security;
create policy read_logs on logs for select to app_reader using (true);
