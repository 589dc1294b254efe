insert into p values ('it''s'), ('back\slash');
