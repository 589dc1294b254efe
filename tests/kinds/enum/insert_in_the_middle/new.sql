create type mood as enum ('angry', 'sad', 'so-so', 'fine', 'happy', 'elated');
create table p (m mood[] default '{sad}');
