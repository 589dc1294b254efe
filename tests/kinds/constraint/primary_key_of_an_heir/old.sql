create table template (id int not null, note text);
alter table template add primary key (id);
