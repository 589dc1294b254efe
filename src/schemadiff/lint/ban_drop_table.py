"""A plan drops a table: its rows are gone, and a program that still uses it fails from that moment on.

**What to do.** Deploy first what does not use it any more, and drop it in a later plan.
"""

from ._rule import WARNING, Rule
from ._steps import dropped

RULE = Rule(
    "ban-drop-table",
    WARNING,
    plan=dropped(
        "table",
        "is dropped: its rows are gone, and who uses it fails from that moment on",
        "drop it once no program uses it",
    ),
)
