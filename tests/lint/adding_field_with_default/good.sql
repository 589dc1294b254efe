create table "T" (a int, b int default 3, c timestamptz default now(), "R" uuid default gen_random_uuid());
create table other (id int, r uuid default gen_random_uuid());
