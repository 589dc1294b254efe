insert into orders values (1, 'new'), (2, 'done');
