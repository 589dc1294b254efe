create table "One" (a int);
create table heir (b int) inherits ("One");
create table p (k int) partition by list (k);
create table p1 partition of p for values in (1);
