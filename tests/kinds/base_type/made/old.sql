create schema "S x";
create table "S x".keep (id int);
