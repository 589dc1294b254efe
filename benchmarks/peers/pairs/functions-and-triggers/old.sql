create function vat(amount numeric) returns numeric language sql immutable as $$ select amount * 0.19 $$;
create table invoices (
    id bigint primary key,
    net numeric not null,
    tax numeric not null default vat(100),
    constraint tax_check check (vat(net) >= 0)
);
create function stamp() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger invoices_stamp before update on invoices for each row execute function stamp();
create view taxes as select id, vat(net) as vat from invoices;
create procedure clean() language sql as $$ delete from invoices where net = 0 $$;
