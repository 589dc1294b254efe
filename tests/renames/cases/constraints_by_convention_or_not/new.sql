-- schemadiff: renamed from t
create table u (a integer,
    -- schemadiff: renamed from b
    c integer not null, constraint u_pkey primary key (a),
    -- schemadiff: renamed from mine
    constraint yours unique (c),
    check (a > c),
    constraint "t" exclude (c with =) -- schemadiff: renamed from "T"
);
create table r (
    -- schemadiff: renamed from a
    x integer references u (a), b integer constraint r_to_t references u (a));
-- schemadiff: renamed from d
create domain e as integer constraint e_check check (value > 0);
