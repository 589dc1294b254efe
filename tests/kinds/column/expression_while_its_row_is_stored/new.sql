create table one (id int, twice int generated always as (id * 3) stored);
create table holds (id int, one one);
