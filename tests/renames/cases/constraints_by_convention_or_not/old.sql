create table t (a integer, b integer not null, constraint t_pkey primary key (a), constraint mine unique (b),
    check (a > b), constraint "T" exclude (b with =));
create table r (a integer references t (a), b integer constraint r_to_t references t (a));
create domain d as integer constraint d_check check (value > 0);
