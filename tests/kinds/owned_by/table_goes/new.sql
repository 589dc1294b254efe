create sequence a_id_seq as int;
create table b (x int default nextval('a_id_seq'));
