create table "T" (a int);
create table u (t "T", ts "T"[]);
