insert into t values (1);
insert into h values (2);
insert into p values (1), (2);
