insert into app.users (m) values ('b'); insert into app.log values (1);
