create sequence shared;
create table t (a bigint generated always as identity, b bigint default nextval('shared'));
