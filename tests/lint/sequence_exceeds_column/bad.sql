-- finds: column public.t.id
create table t (id int not null);
create sequence "S" owned by t.id;
alter table t alter id set default nextval('"S"');
