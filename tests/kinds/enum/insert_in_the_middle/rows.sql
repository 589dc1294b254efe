insert into p values ('{sad,happy}'), (null);
