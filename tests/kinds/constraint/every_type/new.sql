create table r (id int primary key, k text unique nulls not distinct);
create table t (
    id int constraint t_key primary key, a int, b text, p point,
    constraint "U ""q""" unique (a, b) include (id) deferrable initially deferred,
    constraint t_positive check (a > 0) no inherit,
    constraint t_r foreign key (a) references r match full on update cascade on delete set null (a) deferrable,
    constraint t_x exclude using gist (p with ~=) where (a > 3)
);
comment on constraint "U ""q""" on t is 'unique';
