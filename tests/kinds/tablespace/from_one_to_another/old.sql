-- tablespaces: fast, "Slow ""disk"" 1"
create table t (id int primary key using index tablespace fast, big text) tablespace fast;
create index i on t (big) tablespace fast;
create table home (id int primary key using index tablespace fast);
