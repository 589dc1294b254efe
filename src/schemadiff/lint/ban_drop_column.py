"""A plan drops a column: its values are gone, and a program that still names it fails from that moment on.

**What to do.** Deploy first what does not use it any more, and drop it in a later plan.
"""

from ._rule import WARNING, Rule
from ._steps import dropped

RULE = Rule(
    "ban-drop-column",
    WARNING,
    plan=dropped(
        "column",
        "is dropped: its values are gone, and who names it fails from that moment on",
        "drop it once no program uses it",
    ),
)
