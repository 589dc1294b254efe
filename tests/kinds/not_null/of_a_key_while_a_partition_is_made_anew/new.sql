create table whole (id bigint, at integer) partition by range (at);
create table first partition of whole for values from (0) to (10);
create table second partition of whole for values from (10) to (20) partition by hash (id);
create table second_0 partition of second for values with (modulus 2, remainder 0);
