create domain "D m" as int constraint c check (value > 1);
create domain d2 as text;
alter domain d2 add constraint "C x" check (value <> $$$$) not valid;
create type ct as (x "D m", y d2);
create table t (a "D m"[], b ct, c d2[]);
