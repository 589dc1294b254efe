create type grade as enum ('low', 'high');
create table base (id integer, mark grade, note text not null default '');
create table heir (mark grade, note text not null default 'of the heir') inherits (base);
