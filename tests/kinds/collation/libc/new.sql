-- roles: case_coll
create schema "S";
create collation kept (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
alter collation kept owner to case_coll;
create collation "S"."select" (provider = libc, locale = 'POSIX');
create table t (a text collate kept, b text collate "S"."select");
create index i on t (b collate kept);
create domain d as text collate kept;
