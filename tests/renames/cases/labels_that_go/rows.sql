insert into t values (1, 'meh', '{meh,happy,sad}', 'happy'), (2, null, null, null), (3, 'sad', '{}', 'ok');
