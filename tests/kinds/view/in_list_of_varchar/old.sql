create table finding (id int primary key, status varchar(20) not null);
create view loaded as select id from finding where status in ('new', 'seen');
