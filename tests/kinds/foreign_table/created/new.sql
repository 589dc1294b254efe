create foreign data wrapper w;
create server s foreign data wrapper w;
create type mood as enum ('a', 'b');
create function trg() returns trigger language plpgsql as 'begin return new; end';
create foreign table parent (
    a integer options (x 'y') not null, b mood default 'a', c integer generated always as (a + 1) stored, check (a > 0)
) server s;
create foreign table child (d text) inherits (parent) server s options (n 'child');
create trigger t before insert on parent for each row execute function trg();
create view v as select a, b from parent;
create statistics stat on a, b from parent;
