create type mood as enum ('sad', 'happy');
create table r (m mood primary key);
create table t (id int, m mood references r, exclude using hash (m with =), unique (id, m));
create table u (m mood, check (m in ('sad', 'happy'))) ;
create rule ur as on insert to u where new.m = 'sad' do also nothing;
