create table users (id int primary key);
create table posts (
    id bigint generated always as identity primary key,
    author int not null references users on delete cascade,
    title varchar(200) not null default 'untitled',
    body text,
    length int generated always as (length(body)) stored,
    unique (author, title),
    check (title <> '')
);
create index posts_title on posts (lower(title));
comment on table posts is 'what users write';
comment on column posts.body is 'Markdown';
