create table parent (filler int, id bigint primary key, code varchar(3) unique);
create table child (parent bigint references parent, code varchar(5) references parent (code));
create table self (id int primary key, up int references self);
