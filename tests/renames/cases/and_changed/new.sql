create table people (
    id bigint primary key,
    -- schemadiff: renamed from age
    years bigint not null default 2,
    -- schemadiff: renamed from note
    remark text check (remark <> ''),
    fresh integer
); -- schemadiff: renamed from users
create view v as select id, years from people where years > 1;
