create table t (id int);
create schema billing;
create table billing.t (id int);
comment on schema billing is 'money';
