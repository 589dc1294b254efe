create sequence s as int start 5 increment 2 cache 3;
create sequence u;
