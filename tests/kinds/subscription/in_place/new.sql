-- roles: case_sub
create subscription "Sub ""1"".ü" connection 'host=new dbname=<x>&é' publication "B c", c with (connect = false, slot_name = none, binary, synchronous_commit = 'local', streaming);
create subscription came connection '' publication "user" with (connect = false, slot_name = 'it');
comment on subscription "Sub ""1"".ü" is 'new';
alter subscription "Sub ""1"".ü" owner to case_sub;
