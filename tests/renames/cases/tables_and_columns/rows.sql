insert into users (email, "Full Name", parent) values ('a', 'A', null), ('b', 'B', 1);
