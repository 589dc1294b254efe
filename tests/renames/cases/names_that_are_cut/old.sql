create table "ttttttttttttttttttttttttttttttéééééééééééééé" ("cccccccccccccccccccccccccccccccccccccccc" serial primary key, b integer unique);
