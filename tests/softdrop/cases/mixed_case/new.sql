create schema "My Schema"; create table "My Schema".keep (id int);
