create table finding (id int primary key, status varchar(20) not null);
create view loaded as select id, status from finding where status in ('new', 'seen');
create view dumped as select id from finding
    where status::text = any ((array['new'::character varying, 'seen'::character varying])::text[]);
create view arguments as
    select array_length(array['a'::varchar, status], 1) as plain, array_to_string(array['a', status], ',') as cast_whole
    from finding where status not in ('new', 'seen', 'a' || status);
