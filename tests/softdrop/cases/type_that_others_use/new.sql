create type mood as enum ('sad','happy'); create table keep (id int, m mood default 'sad');
