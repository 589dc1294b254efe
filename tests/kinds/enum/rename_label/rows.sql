insert into p values (1, 'sad'), (2, 'happy');
