-- finds: constraint public.t.checked; constraint public.t.fk; constraint public.parent.k; domain constraint public.d.positive
create table o (id int primary key);
create table t (id int);
alter table t add constraint checked check (id > 0) not valid;
alter table t add constraint fk foreign key (id) references o not valid;
create domain d as int;
alter domain d add constraint positive check (value > 0) not valid;
create table parent (a int);
create table heir () inherits (parent);
alter table heir add constraint k check (a > 0) not valid;
alter table parent add constraint k check (a > 0) not valid;
