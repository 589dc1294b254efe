create schema "Other";
create table "Other"."T" (a int, "B b" text, c text) with (toast.autovacuum_enabled = false);
create table heir (own int) inherits ("Other"."T") with (fillfactor = 50, toast.vacuum_truncate = false);
create table retyped (a text) with (toast.vacuum_truncate = false, parallel_workers = 2);
create table p (a int, b text) partition by list (a);
create table p1 partition of p for values in (1) with (toast.vacuum_truncate = false);
create table bare (a int, b int, "C" bytea) with (toast.autovacuum_enabled = false);
