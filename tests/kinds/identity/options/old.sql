create table t (id int generated always as identity (start 10 increment 5 minvalue 5 maxvalue 100 cache 3 cycle));
