create table public.parts (room text);
