create access method "Heap ""2""" type table handler heap_tableam_handler;
create access method idx type index handler bthandler;
create table t (a integer) using "Heap ""2""";
create table kept (a integer);
