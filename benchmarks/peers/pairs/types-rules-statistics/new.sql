-- A domain, a composite type, a rule, statistics, storage and replica identity change
create domain positive as integer default 1 check (value > 0) constraint below_1000 check (value < 1000);
create type money_of as (amount numeric, currency char(3), rate numeric);
create collation plain (locale = 'C');
create table prices (id bigint primary key, quantity positive not null, price money_of, name text collate plain);
alter table prices set (fillfactor = 80);
alter table prices replica identity full;
alter table prices alter column name set storage external;
create rule no_delete as on delete to prices where old.id > 10 do instead nothing;
create statistics prices_stats (ndistinct, mcv) on id, quantity from prices;
