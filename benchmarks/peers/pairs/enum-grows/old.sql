create type stage as enum ('draft', 'published');
create table articles (id bigint primary key, stage stage not null default 'draft');
create view published as select id from articles where stage = 'published';
