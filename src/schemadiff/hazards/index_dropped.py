"""An index goes. Queries that used it read the whole table from then on.

**What to do.** See in `pg_stat_user_indexes` that nothing has used it for a while (`last_idx_scan` from PostgreSQL 16
on); to have it back is to build it again.
"""

from ._hazard import NEVER, Hazard

HAZARD = Hazard("INDEX_DROPPED", NEVER)
