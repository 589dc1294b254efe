-- A function that a default, a check and a view use changes its result's type; a trigger and its function change
create function vat(amount numeric) returns double precision language sql immutable strict as $$ select amount * 0.2 $$;
create table invoices (
    id bigint primary key,
    net numeric not null,
    tax numeric not null default vat(100),
    constraint tax_check check (vat(net) >= 0)
);
create function stamp() returns trigger language plpgsql as $$ begin new.net = round(new.net, 2); return new; end $$;
create trigger invoices_stamp before insert or update of net on invoices for each row when (new.net > 0) execute function stamp();
create view taxes as select id, vat(net) as vat from invoices;
create function total(since bigint default 0) returns numeric language sql stable as $$ select sum(net) from invoices where id > since $$;
