insert into t values (1,'x'); insert into holder values (1,'(1,x)','{"(2,y)"}');
