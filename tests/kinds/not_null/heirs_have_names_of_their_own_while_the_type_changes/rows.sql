insert into "Heir" values (1, 2);
insert into plain values (3, 4);
