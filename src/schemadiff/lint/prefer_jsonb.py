"""`json` keeps the text as it came: each use parses it again, there is no equality, and no index on what is inside.

**What to do.** Use `jsonb`, unless blanks, the order of keys, or double keys matter.
"""

from ._facts import columns_of_type
from ._rule import NOTE, Rule

RULE = Rule(
    "prefer-jsonb",
    NOTE,
    schema=columns_of_type(
        ["json"],
        lambda c: "json is parsed at each use, and has neither equality nor indexes",
        lambda c: "use jsonb",
    ),
)
