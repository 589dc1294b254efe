-- schemadiff: map 'sad' to 'blue'
create type mood as enum ('ok', 'blue');
create table t (m mood);
