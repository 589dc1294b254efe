create schema "S";
create collation "S"."Coll ""1""" (provider = libc, locale = 'C');
create collation kept (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
comment on collation kept is 'old';
create table t (a text collate kept default 'x', b text);
