create schema "Other";
create table "Other".base (id integer, "Mark" text);
create table a_heir (twice text generated always as ("Mark" || "Mark") stored) inherits ("Other".base);
create index a_heir_mark on a_heir (upper("Mark"));
