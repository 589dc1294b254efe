-- roles: kept_by
create schema "Other";
create table t (a bigint, "B b" int);
create statistics "Other"."St" on a, "B b" from t;
alter statistics "Other"."St" set statistics 100;
comment on statistics "Other"."St" is 'kept';
alter statistics "Other"."St" owner to kept_by;
create table h (c int) inherits (t);
create statistics of_heir (mcv) on a, c from h;
alter statistics of_heir set statistics 7;
create index i on t ((a + 1), "B b");
alter index i alter column 1 set statistics 50;
comment on index i is 'kept';
create table p (a bigint, b int) partition by list (b);
create table p1 partition of p for values in (1);
create index pi on p ((a + 1));
alter index pi alter column 1 set statistics 60;
