insert into shop.goods values (1, 'a', 1);
