insert into p values (1, 'sad', '{happy}'), (2, 'happy', null);
