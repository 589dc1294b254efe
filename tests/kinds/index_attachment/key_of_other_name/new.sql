create table p (id int not null, v text, constraint whole primary key (id)) partition by range (id);
create table p1 (id int not null, v text, constraint mine primary key (id));
alter table p attach partition p1 for values from (1) to (10);
