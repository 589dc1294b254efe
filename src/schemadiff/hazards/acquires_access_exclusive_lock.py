"""A table is read from end to end while an `ACCESS EXCLUSIVE` lock is held: on that table, or on another one that
an earlier step of the same transaction has locked. Until the transaction ends nobody reads or writes the locked
table, and who wants to waits.

**What to do.** Take the online strategy, the default: it adds constraints that hold for new rows first and looks at
the old rows under a weak lock, and builds indexes concurrently. Where the step remains, run it when nobody needs the
table. A lock that is held for no scan is short, needs no word, and is shown beside its transaction alone.
"""

from ._hazard import BY_SIZE, Hazard, read_under

HAZARD = Hazard("ACQUIRES_ACCESS_EXCLUSIVE_LOCK", BY_SIZE, read_under("ACCESS EXCLUSIVE"))
