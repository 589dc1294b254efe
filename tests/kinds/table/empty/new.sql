create table t ();
create table u ();
