create domain money_of_ours as numeric(10, 2);
create table t (a numeric(10, 2), b money_of_ours);
