set check_function_bodies = off;
create schema s;
