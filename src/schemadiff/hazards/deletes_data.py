"""Rows or values are deleted with the table or the column that holds them. The reverse makes the table or the column
again, and it is empty: it restores the structure only.

**What to do.** See that nobody needs them, and that there is a backup. If the object was only meant to have another
name, say so with [a directive](renames.md): a rename keeps everything.
"""

from ._hazard import ALWAYS, Hazard

HAZARD = Hazard("DELETES_DATA", ALWAYS)
