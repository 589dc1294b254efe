create extension btree_gist;
create table r (id int, at daterange, primary key (id, at without overlaps));
create table t (id int, r int, at daterange, unique (id, at without overlaps), foreign key (r, period at) references r (id, period at));
