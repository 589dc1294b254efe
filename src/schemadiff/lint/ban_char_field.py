"""`char(n)` fills short values with blanks, which take room and count in some comparisons and not in others. It is no
faster than `text`.

**What to do.** Use `text`, and where the length is fixed a check: `check (length(code) = 3)`.
"""

from ._facts import columns_of_type
from ._rule import WARNING, Rule

RULE = Rule(
    "ban-char-field",
    WARNING,
    schema=columns_of_type(
        ["character"],
        lambda c: f"{c.type} fills short values with blanks",
        lambda c: "use text, with a check where the length is fixed",
    ),
)
