create function ok(text) returns boolean language sql immutable as 'select $1 <> ''x''';
create domain a as text check (ok(value));
create domain b as a check (length(value) < 10);
create function g(b) returns a language sql as 'select $1::a';
create table t (x a, y b);
