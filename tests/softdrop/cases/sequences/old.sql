create sequence s; create sequence k; create table t (id int default nextval('s'), o int); alter sequence k owned by t.o; select setval('k', 7);
