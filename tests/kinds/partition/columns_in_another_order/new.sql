create table p (a int, b text not null, c int default 3) partition by range (a);
create table p1 (c int default 3, b text not null, a int);
alter table p attach partition p1 for values from (1) to (10);
