create domain mood as text check (value in ('sad', 'happy'));
create table p (id int primary key, m mood default 'sad');
