create sequence s as bigint start 6 increment 3 minvalue 2 maxvalue 1000 cycle;
create sequence u as smallint;
