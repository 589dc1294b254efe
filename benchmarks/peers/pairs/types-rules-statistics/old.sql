create domain positive as integer check (value > 0);
create type money_of as (amount numeric, currency char(3));
create collation plain (locale = 'C');
create table prices (id bigint primary key, quantity positive not null, price money_of, name text);
create sequence unused;
create rule no_delete as on delete to prices do instead nothing;
create statistics prices_stats (dependencies) on id, quantity from prices;
