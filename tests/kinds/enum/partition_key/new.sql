create type mood as enum ('sad', 'happy');
create table p (id int, m mood) partition by list (m);
create table p_sad partition of p for values in ('sad');
