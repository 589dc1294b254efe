"""An index is built on a table that is there, which reads the table, writes as much as the index is large, and loads
the server while it lasts. Built concurrently it lets everybody work on; in a transaction it keeps writers out, and
that is a hazard of its own: ACQUIRES_SHARE_LOCK, or ACQUIRES_ACCESS_EXCLUSIVE_LOCK for a key.

**What to do.** Nothing, for a concurrent build; apply it at a quiet time where the table is very large.
"""

from ._hazard import NEVER, Hazard

HAZARD = Hazard("INDEX_BUILD", NEVER, lambda sight: sight.built)
