create table t (id int);
create table log (id int);
create rule a as on insert to t do also insert into log values (new.id);
