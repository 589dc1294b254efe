insert into r values ('sad'), ('happy');
insert into t values (1, 'sad'), (2, 'happy');
