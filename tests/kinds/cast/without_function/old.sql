create cast (text as json) with inout as assignment;
