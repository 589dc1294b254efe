insert into p values (1, 'happy', 'sad');
