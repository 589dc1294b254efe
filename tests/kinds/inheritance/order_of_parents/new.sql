create table public.pets ();
