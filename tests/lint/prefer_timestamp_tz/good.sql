create table t (id int primary key, at timestamptz, day date, clock time);
create table part (at timestamptz) partition by range (at);
