create table p (id int not null, v text) partition by range (id);
create table p1 (id int not null, v text, constraint mine primary key (id));
