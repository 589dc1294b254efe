create table t (id int, a text);
create view v with (security_barrier) as select id, a as "A b" from t where a <> 'it''s' with local check option;
create view w with (security_invoker = true) as select "A b", id from v;
create view a_first as select * from w;
create recursive view r (n) as values (1) union all select n + 1 from r where n < 3;
comment on view v is 'v';
comment on column v."A b" is 'ab';
