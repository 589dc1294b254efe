-- finds: constraint public.Chi"ld.child_a_b; constraint public.Chi"ld.child_partial; constraint public.Chi"ld.child_self
create table parent (a int, b int, primary key (a, b), c int unique);
create table "Chi""ld" (
    id int primary key,
    a int, b int, "C" int, self int,
    constraint child_a_b foreign key (a, b) references parent,
    constraint child_partial foreign key ("C") references parent (c),
    constraint child_self foreign key (self) references "Chi""ld"
);
create index on "Chi""ld" (a);
create index on "Chi""ld" (id, self);
create index on "Chi""ld" ("C") where id > 10;
