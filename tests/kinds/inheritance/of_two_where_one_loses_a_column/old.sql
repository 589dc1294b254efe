create table "First" (a int, "Shared" text not null check ("Shared" <> ''));
