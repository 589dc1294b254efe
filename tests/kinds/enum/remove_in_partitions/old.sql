create type mood as enum ('sad', 'so-so', 'happy');
create table p (id int, m mood default 'sad') partition by range (id);
create table p1 partition of p for values from (1) to (10);
create table c (m mood);
create table d () inherits (c);
