create table p (id int primary key, m text default 'sad', ms text[] default '{happy}');
