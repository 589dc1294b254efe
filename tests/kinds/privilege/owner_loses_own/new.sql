create table t (id int);
revoke delete, truncate on t from current_user;
create table u (id int);
