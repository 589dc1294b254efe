create table t (a int, b int, c int);
alter table t add constraint a_nn not null a;
alter table t add constraint b_nn not null b;
alter table t add constraint c_nn not null c not valid;
