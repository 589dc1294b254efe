create schema "Other";
create table "Other"."T" (a int);
create table heir (own int) inherits ("Other"."T") with (fillfactor = 50);
create table retyped (a int);
create table p (a int) partition by list (a);
create table p1 partition of p for values in (1);
create table bare (a varchar, b int) with (toast.autovacuum_enabled = false);
