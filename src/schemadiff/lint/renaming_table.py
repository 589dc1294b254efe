"""A plan gives a table another name: programs that run meanwhile know only one of the two names.

**What to do.** Leave a view with the old name: a simple one can be written to like the table. Or stop the programs
meanwhile.
"""

from ._rule import WARNING, Rule
from ._steps import renamed

RULE = Rule("renaming-table", WARNING, plan=renamed("table"))
