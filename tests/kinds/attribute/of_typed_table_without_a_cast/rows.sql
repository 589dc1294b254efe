insert into points values ('1', '{2}', 'a', '2020-01-01');
insert into heir values ('2', null, 'a', '2020-01-01');
