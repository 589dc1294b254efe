create table t (id int);
create sequence other;
create table u (id bigint default nextval('other'), j int default nextval('other'));
