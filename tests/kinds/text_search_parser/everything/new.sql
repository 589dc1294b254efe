create schema "S";
create text search parser kept (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, headline = prsd_headline, lextypes = prsd_lextype);
comment on text search parser kept is 'new';
create text search configuration c (parser = kept);
create text search parser "S"."select" (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
