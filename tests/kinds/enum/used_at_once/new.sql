create type mood as enum ('sad', 'happy', 'calm');
create table p (m mood default 'calm', check (m <> 'calm' or m is null));
create index p_calm on p (m) where m = 'calm';
create view calm as select m from p where m = 'calm';
