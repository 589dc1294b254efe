create access method "Heap ""2""" type table handler heap_tableam_handler;
comment on access method "Heap ""2""" is 'a heap';
create access method idx type index handler hashhandler;
create access method "user" type table handler heap_tableam_handler;
create table kept (a integer);
create table t2 (a integer) using "user";
