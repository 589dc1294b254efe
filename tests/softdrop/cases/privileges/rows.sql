insert into t (v) values ('x'); insert into o values (1); insert into keep values (1,'c');
