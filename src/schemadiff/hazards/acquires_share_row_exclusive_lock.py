"""A table is read from end to end while a `SHARE ROW EXCLUSIVE` lock is held, as a foreign key does that is added
together with its check of the rows. It is on both tables. Until the transaction ends, rows of the locked tables can be
read and not written.

**What to do.** Take the online strategy, the default: the foreign key holds for new rows first (`not valid`), and
is validated under a lock that lets others write.
"""

from ._hazard import BY_SIZE, Hazard, read_under

HAZARD = Hazard("ACQUIRES_SHARE_ROW_EXCLUSIVE_LOCK", BY_SIZE, read_under("SHARE ROW EXCLUSIVE", "EXCLUSIVE"))
