create table pick (a int, b int, c int, d int, "it's" boolean, check (a in (b, c, d)));
create view picked as select 1 as one from pick where a in (b, c, d, 5, 6) or "it's";
