create table parent (a int, b int, primary key (a, b), c int unique);
create table child (
    id int, "A" int, b int, c int, d int,
    constraint child_a_b foreign key ("A", b) references parent,
    constraint child_c foreign key (c) references parent (c),
    constraint child_d foreign key (d) references parent (c),
    unique (c, id)
);
create index on child (b, "A", id);
create index on child (d) where d is not null;
create table of_parts (c int references parent (c)) partition by list (c);
create table part partition of of_parts for values in (1);
create index on of_parts (c);
