insert into t values ('sad', '{sad,a}'), ('b', '{}'), ('it''s ok', '{b,Done}');
