create table r (id int primary key, j int unique);
create table t (id int, a int, b int, r int, primary key (id, b), constraint t_a_check check (a > 1), constraint t_b_key unique (b, a),
    constraint t_r_fkey foreign key (r) references r (j) on delete cascade);
