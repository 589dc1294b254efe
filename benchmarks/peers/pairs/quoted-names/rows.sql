insert into "Sales"."Order" values (1, 'Ada');
