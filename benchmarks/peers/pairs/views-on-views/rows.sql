insert into readings values (101, 1, 12.5), (102, 2, 95);
refresh materialized view sensors;
