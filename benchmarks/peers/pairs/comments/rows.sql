insert into diaries values (1, 'good', 100), (2, 'bad', 5);
