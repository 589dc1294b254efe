insert into t values (1,'a',5,6),(2,'b',7,8);
