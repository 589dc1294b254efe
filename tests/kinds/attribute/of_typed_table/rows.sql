insert into points (x, z) values (1, 'a'), (2, 'b');
insert into "Other"."More" (x, z) values (3, 'c');
