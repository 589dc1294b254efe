-- roles: alice, "Bob ""x"""
create table t (id int, "a b" text);
grant select on t to alice;
grant select ("a b") on t to "Bob ""x""" with grant option;
