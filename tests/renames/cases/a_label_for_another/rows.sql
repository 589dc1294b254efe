insert into t values ('sad'), ('ok');
