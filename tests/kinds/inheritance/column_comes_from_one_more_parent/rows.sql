insert into "Other"."Base" values ('low', '2024-01-01');
insert into "Heir" (mark, day, other) values ('high', '2024-01-02', 1);
insert into grandchild values (2, null, null, 3);
