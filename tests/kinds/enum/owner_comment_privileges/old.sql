-- roles: alice, bob
create type mood as enum ('sad', 'so-so', 'happy');
alter type mood owner to alice;
comment on type mood is 'it''s a \mood';
revoke usage on type mood from public;
grant usage on type mood to bob with grant option;
