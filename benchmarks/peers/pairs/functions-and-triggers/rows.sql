insert into invoices (id, net) values (1, 10), (2, 20);
