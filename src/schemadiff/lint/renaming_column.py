"""A plan gives a column another name: programs that run meanwhile know only one of the two names.

**What to do.** Add a column, write both, fill it, read the new one, drop the old one; or rename it and leave a view with
the old name. Or stop the programs meanwhile.
"""

from ._rule import WARNING, Rule
from ._steps import renamed

RULE = Rule("renaming-column", WARNING, plan=renamed("column"))
