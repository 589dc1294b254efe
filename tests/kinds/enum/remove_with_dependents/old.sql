create type mood as enum ('sad', 'so-so', 'happy');
create table p (
    id int primary key, m mood not null default 'sad', history mood[] default '{sad,happy}',
    check (m <> 'happy' or id > 0)
);
create view sad as select id, m from p where m = 'sad';
create view sadder as select id from sad;
create materialized view moods as select m, count(*) from p group by m;
create index moods_m on moods (m);
create function cheer(m mood) returns mood language sql as $$select 'happy'::mood$$;
create function all_moods() returns setof mood language sql begin atomic select unnest(enum_range(null::mood)); end;
create index p_m on p (m);
create index p_sad on p (id) where m = 'sad';
create function t() returns trigger language plpgsql as 'begin return new; end';
create trigger p_t before update of m on p for each row when (old.m is distinct from new.m) execute function t();
alter table p enable row level security;
create policy only_sad on p using (m = 'sad'::mood);
