-- roles: ada, "Bob B", case_eve
create table t (a int, "B c" int);
grant select, update on t to ada;
grant insert on t to "Bob B";
grant select on t to case_eve;
grant select ("B c") on t to case_eve;
create function f() returns int language sql as 'select 1';
revoke all on function f() from public;
grant execute on function f() to "Bob B";
create table u (a int);
grant select on u to ada with grant option;
grant select on u to case_eve;
