-- roles: case_sub
create subscription "Sub ""1"".ü" connection 'host=old password=''a b'' dbname=x' publication a, "B c" with (connect = false, slot_name = 'some_slot');
create subscription gone connection '' publication p with (connect = false);
comment on subscription "Sub ""1"".ü" is 'old';
