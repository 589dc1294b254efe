create type "Mood's" as enum ('it''s', 'back\slash', 'say "hi"', '', 'ünï', $$'\'$$);
create table p (m "Mood's" default 'back\slash');
