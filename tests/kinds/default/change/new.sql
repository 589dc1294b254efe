create table t (id int, a text default E'it''s \\ "x"', b int, c timestamptz default current_date, d text default 'd');
create view v as select * from t;
alter view v alter column d set default 'other';
alter view v alter column b set default 3;
