create table a (id serial);
create table b (x int default nextval('a_id_seq'));
