insert into t values (1, 'new', '{new,"it''s done",null}', 'good'), (2, null, null, 'bad');
insert into heir values (3, 'gone', '{}', 'good', 'bad');
insert into parted values (1, 'it''s done');
insert into marked values (1, 'new');
