-- finds: constraint public.child.child_parent
create table "Parent" (id bigint primary key);
create table child (parent int, constraint child_parent foreign key (parent) references "Parent");
