create table template (id int not null, note text);
alter table template add primary key (id);

create table heir (check (id > 0)) inherits (template);
alter table heir add constraint heir_pkey primary key (id);

create table own (constraint own_pkey primary key (id)) inherits (template);
