create table t (a int, b int, c int);
alter table t add constraint a_nn not null a not valid;
alter table t add constraint b_nn not null b no inherit;
