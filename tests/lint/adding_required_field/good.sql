create table "T" (a int, b int not null default 3, c int not null generated always as identity,
    d int not null generated always as (a + 1) stored, e int,
    -- schemadiff: renamed from old
    new int not null);
create table other (id int not null);
