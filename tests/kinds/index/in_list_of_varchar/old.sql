create table finding (id int primary key, status varchar(20) not null, other varchar(9), next varchar);
create index loaded on finding (id) where status in ('new', 'seen');
create index dumped on finding (id)
    where status::text = any ((array['new'::character varying, 'seen'::character varying])::text[]);
create function is_open(s varchar) returns boolean begin atomic select s in ('new', 'seen'); end;
create function is_shut(s varchar) returns boolean
    begin atomic select s::text <> all ((array['new'::character varying, 'seen'::character varying])::text[]); end;
