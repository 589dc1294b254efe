create subscription "Came ""1""" connection '' publication p with (connect = false);
create subscription "Slot ü" connection '' publication p with (connect = false, slot_name = none);
create subscription lost connection '' publication p with (connect = false);
