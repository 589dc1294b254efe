-- finds: column public.Or"der.Id
create table "Or""der" ("Id" bigserial primary key, other bigint generated always as identity);
