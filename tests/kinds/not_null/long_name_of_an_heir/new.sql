create table lines (id int, "éééééééééééééééééééééééééééééée" int not null, "a_name_of_sixty_three_bytes_which_is_all_that_postgresql_keepsX" int not null);
create table "ä{brace}" () inherits (lines);
create table "ééééééééééééééééééééééééééééééß" ("éééééééééééééééééééééééééééééée" int not null);
