create table "First" (a int);
create table second ("Shared" int[]);
create table heir (own int) inherits ("First", second);
