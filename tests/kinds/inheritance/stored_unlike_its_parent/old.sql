create schema "Other";
create table keep ();
