create sequence "S ""x""" as smallint start 5 increment -2 minvalue -100 maxvalue 10 cache 3 cycle;
create unlogged sequence u;
create table t (id int default nextval('"S ""x"""'));
comment on sequence u is 'u';
