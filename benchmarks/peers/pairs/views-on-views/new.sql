-- A column changes its type below three views and a materialized view with an index
create table readings (id bigint primary key, sensor bigint not null, value double precision not null);
create view recent as select id, sensor, value from readings where id > 100;
create view per_sensor as select sensor, avg(value) as mean, max(value) as peak from recent group by sensor;
create view loud as select sensor from per_sensor where peak > 90;
create materialized view sensors as select sensor, mean from per_sensor;
create unique index sensors_key on sensors (sensor);
