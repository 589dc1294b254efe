create schema one;
create schema two;
begin;
set search_path = two;
/* a comment */ -- and one more
-- schemadiff: renamed from u
CREATE TABLE IF NOT EXISTS
    "U" (a integer
    );
set search_path = one, two;
-- schemadiff: renamed from t
create unlogged table T2 (a integer);
alter table t2 set logged;
commit;
create table two.t (a integer);
