create type mood as enum ('sad', 'so-so', 'happy');
create table p (id int primary key, m mood, ms mood[]);
create function best(mood, mood) returns mood language sql as 'select greatest($1, $2)';
