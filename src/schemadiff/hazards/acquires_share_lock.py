"""A table is read from end to end while a `SHARE` lock is held: an index is built in a transaction, or the rows that
use a domain are looked at. Until the transaction ends, rows of the locked table can be read and not written.

**What to do.** Take the online strategy, the default, which builds indexes concurrently. For a check of a domain there
is no other way than a time at which nobody writes.
"""

from ._hazard import BY_SIZE, Hazard, read_under

HAZARD = Hazard("ACQUIRES_SHARE_LOCK", BY_SIZE, read_under("SHARE"))
