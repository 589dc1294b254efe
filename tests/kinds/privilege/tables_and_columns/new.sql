-- roles: alice, "Bob ""x"""
create table t (id int, "a b" text);
grant select, insert on t to alice with grant option;
grant update ("a b"), select (id) on t to "Bob ""x""";
grant select on t to public;
