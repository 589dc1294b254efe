-- roles: soft_reader
create table t (id int primary key, who text);
create table keep (id int primary key, c text);
alter table t enable row level security;
create policy mine on t for select to soft_reader using (who = current_user and exists (select from keep where keep.id = t.id));
create publication p for table t (id), keep where (c is null);
create publication q for tables in schema public;
create rule r as on delete to t do instead nothing;
create statistics st on id, who from t;
alter table t replica identity full; alter table t cluster on t_pkey;
