create table base (id integer, mark integer not null, constraint positive check (mark > 0));
create table middle (id integer, mark integer);
create table aside () inherits (middle);
create table heir (mark integer not null, constraint positive check (mark > 0)) inherits (middle);
