create type mood as enum ('sad','happy');
create type pair as (a int, b mood);
create domain age as int check (value > 0);
create type span as range (subtype = age);
create table t (id int primary key, m mood default 'sad', ms mood[], p pair, a age, s span);
create table keep (id int, m mood, unused mood not null default 'sad');
create function is_fine(int) returns boolean language sql immutable as 'select $1 > 0';
alter table t add check (is_fine(id));
create index on t (is_fine(id));
