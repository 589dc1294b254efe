insert into "My Schema"."The ""Table""" values (1,'x'); insert into "My Schema".keep values (1,2); insert into "My Schema"."öäü" values (3);
