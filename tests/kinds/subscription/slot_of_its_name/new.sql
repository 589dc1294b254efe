create subscription "Came ""2""" connection '' publication p with (connect = false);
create subscription "Slot ü" connection '' publication p with (connect = false);
create subscription lost connection '' publication p with (connect = false, slot_name = none);
