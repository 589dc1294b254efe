"""A table is written anew, row by row, with all of its indexes, under an `ACCESS EXCLUSIVE` lock: until that is done
nobody reads or writes it, and there must be room on the disk for both copies. Most changes of a column's type do it,
and a new column whose default differs from row to row, unless the online strategy fills it in steps (see
[limits](limits.md) for where it cannot). `varchar(10)` to `varchar(20)` or to `text` does not: the
proof sees that the table keeps its file.

**What to do.** Run it when nobody needs the table. Or go in steps that each are a plan of their own: add a second
column, fill it in portions, exchange the two, drop the old one.
"""

from ._hazard import BY_SIZE, Hazard

HAZARD = Hazard("REWRITES_TABLE", BY_SIZE, lambda sight: sight.observed.rewrites)
