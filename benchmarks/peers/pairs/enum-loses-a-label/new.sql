-- An enum loses a label; a default, an array, an index, a view and a function use it
create type level as enum ('low', 'middle', 'high');
create table tickets (id bigint primary key, level level not null default 'low', past level[] not null default '{}');
create index tickets_high_idx on tickets (id) where level = 'high';
create view urgent as select id, level from tickets where level = 'high';
create function levels() returns setof level language sql stable as $$ select distinct level from tickets $$;
