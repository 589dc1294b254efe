-- Comments come, change and go; a view that has one is made anew since a column below it changes its type
create type mood as enum ('good', 'bad');
create table diaries (id bigint primary key, mood mood not null, words bigint not null);
create index diaries_mood_idx on diaries (mood);
create view good_days as select id, words from diaries where mood = 'good';
create function words_of(bigint) returns integer language sql stable as $$ select words::integer from diaries where id = $1 $$;
comment on table diaries is 'One row for each day';
comment on column diaries.mood is 'As it was felt; it''s not exact';
comment on index diaries_mood_idx is 'For the statistics';
comment on view good_days is 'The better ones';
comment on column good_days.words is 'Their length';
comment on function words_of(bigint) is 'How many words a day has';
