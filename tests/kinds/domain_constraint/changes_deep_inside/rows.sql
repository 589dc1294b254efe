insert into of_arrays values (1, array[row(2, 3)::pair], 4), (2, null, null);
insert into of_later values ('{1,2}');
insert into of_loose values ('{-1}');
