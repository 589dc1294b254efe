create type "Mood" as enum ('a');
create table "Rooms" (m "Mood", used boolean);
create function f("Mood") returns smallint immutable
    begin atomic select 1::smallint from "Rooms" r where r.used is not null limit 1; end;
create index i on "Rooms" using btree (f(m)) where f(m) > 0;
