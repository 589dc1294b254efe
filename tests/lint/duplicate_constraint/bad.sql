-- finds: constraint public.t.b; constraint public.t.fk2
create table o (id int primary key);
create table t (x int, constraint a check (x > 0), constraint b check (x > 0),
    constraint fk1 foreign key (x) references o, constraint fk2 foreign key (x) references o);
