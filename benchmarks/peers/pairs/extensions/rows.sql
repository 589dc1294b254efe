insert into places values (1, 'Bonn');
