insert into p values (1, 'sad', '{happy,sad}'), (2, 'happy', null);
