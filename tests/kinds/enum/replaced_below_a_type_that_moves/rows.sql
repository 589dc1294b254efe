insert into t values (1, 'a', 'c', array[row('c', 'x')::"S 2".pair]), (2, null, null, null);
insert into heir values (3, 'c', 'a', '{}');
