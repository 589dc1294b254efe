insert into pgbench_branches select n, 0, '' from generate_series(1, :scale) n;
insert into pgbench_tellers select n, (n - 1) / 10 + 1, 0, '' from generate_series(1, 10 * :scale) n;
insert into pgbench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, 100000 * :scale) n;
insert into region select n, 'region ' || n from generate_series(1, 100) n;
insert into customer (id, email, name, region, notes)
    select n, n || '@example.org', 'Customer ' || n, n % 100 + 1, 'none' from generate_series(1, 20000 * :scale) n;
insert into sale (customer_id, amount, state, day)
    select n % (20000 * :scale) + 1, n % 100, 'open', date '2024-01-01' + n % 1000 from generate_series(1, 50000 * :scale) n;
insert into audit (customer_id, what) select n % (20000 * :scale) + 1, 'made' from generate_series(1, 20000 * :scale) n;
analyze;
