-- finds: column public.T.at; column public.T.days
create table "T" (id int primary key, at timestamp(3), days timestamp[], at_all timestamptz);
