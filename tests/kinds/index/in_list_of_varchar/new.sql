create table finding (id int primary key, status varchar(20) not null, other varchar(9), next varchar,
    check (status in ('new', 'it''s', E'a\\b', ')::text')));
alter table finding add constraint dumped
    check (status::text = any ((array['new'::character varying, 'it''s'::character varying])::text[]));
create index loaded on finding (id) where status in ('new', 'seen', other);
create index dumped on finding (id)
    where status::text = any ((array['new'::character varying, 'seen'::character varying, other])::text[]);
create index both_ways on finding (id) where status in ('new', 'seen')
    and status::text = any ((array['new'::character varying, 'seen'::character varying])::text[]);
create function is_open(s varchar) returns boolean begin atomic select s in ('new', 'seen', 'read'); end;
create function is_shut(s varchar) returns boolean
    begin atomic select s::text <> all ((array['new'::character varying, 'read'::character varying])::text[]); end;
create function quoted(s varchar) returns boolean language sql as
$$select s::text = any ((ARRAY['new'::character varying, 'seen'::character varying])::text[])$$;
