create table pick (a int, b int, c int, d int, "it's" boolean, check (a not in (b, c, d) or a in (b, c, d)));
create view picked as select 1 as one from pick
    where (a not in (b, c, d, 5, 6) and "it's" and b > 0) or ((a = 1 or b = 2) and c = 3) or (a = 2 and (b = 3 and c = 4));
create index chosen on pick (a) where a in (b, c, d) and b not in (c, d, 1, 2);
create view windowed as select sum(a) over (order by b rows between 1 preceding and current row) from pick;
