insert into customers (email) values ('a@example.org'), ('b@example.org');
insert into orders (customer_id, total) values (1, 10), (2, 20), (2, 30);
