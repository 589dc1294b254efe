insert into t values (1,'a'); insert into keep values (1); refresh materialized view three;
