create type e as enum ('a', 'b');
create table "T" (es e[], t text, u varchar(10));
alter table "T" alter es set storage external, alter es set compression lz4, alter t set storage main, alter u set compression pglz;
create table heir () inherits ("T");
alter table heir alter t set compression lz4, alter u set storage external;
create table p (k int, es e[], t text) partition by list (k);
create table p1 partition of p for values in (1);
alter table p1 alter es set compression lz4, alter t set storage external;
