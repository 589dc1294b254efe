create type mood as enum ('sad', 'happy');
create domain calm as mood check (value <> 'sad');
create type pair as (a mood, b mood[]);
create table p (id int primary key, c calm, d mood);
create function f(pair) returns mood language sql as 'select ($1).a';
