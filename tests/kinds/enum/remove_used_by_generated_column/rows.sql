insert into p (id, m) values (1, 'sad'), (2, 'happy');
