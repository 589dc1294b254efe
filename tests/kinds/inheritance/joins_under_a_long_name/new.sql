create schema zoo;
create table zoo.others ();
create table public.a_name_of_sixty_three_bytes_that_is_all_postgresql_keeps_of_it_ () inherits (zoo.others);
