-- An enum gets labels at its start, in its middle and at its end
create type stage as enum ('idea', 'draft', 'review', 'published', 'archived');
create table articles (id bigint primary key, stage stage not null default 'draft');
create view published as select id from articles where stage = 'published';
