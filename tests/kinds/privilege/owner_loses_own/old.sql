create table t (id int);
create table u (id int);
revoke all on u from current_user;
