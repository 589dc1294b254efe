create extension btree_gist;
create table r (id int, at daterange);
