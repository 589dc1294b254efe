create table people ( -- @renamed from=users
    id integer primary key,
    full_name text, -- @renamed from="name"
    -- atlas:renamed_from mail
    email text
);
create index people_by_mail on people (email); -- @renamed from=users_mail
