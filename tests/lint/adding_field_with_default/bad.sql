-- strategy: simple
-- finds: column public.T.R; column public.T.g
create table "T" (a int, "R" uuid default gen_random_uuid(), g int generated always as (a + 1) stored);
