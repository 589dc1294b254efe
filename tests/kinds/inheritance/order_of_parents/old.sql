create schema zoo;
create table public.a ();
create table public."Zed" ();
create table zoo.animals ();
create table public.pets () inherits (zoo.animals, public."Zed", public.a);
