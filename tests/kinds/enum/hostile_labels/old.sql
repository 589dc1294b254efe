create type "Mood's" as enum ('it''s', 'back\slash', 'say "hi"', '');
create table p (m "Mood's" default 'it''s');
