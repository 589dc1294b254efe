create table t (id int primary key using index tablespace "Slow ""disk"" 1", big text) tablespace "Slow ""disk"" 1";
create index i on t (big) tablespace "Slow ""disk"" 1";
create table home (id int primary key) tablespace fast;
