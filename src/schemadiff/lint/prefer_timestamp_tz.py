"""A `timestamp` says a date and a time of day and not where: which moment that is, each reader guesses from a time
zone of their own, and two servers disagree. `timestamptz` is a moment, takes no more room, and is shown in the time
zone of whoever asks.

**What to do.** Use `timestamptz`. Where the values are UTC, `alter column … type timestamptz using c at time zone
'UTC'`.
"""

from ._facts import columns_of_type
from ._rule import WARNING, Rule

RULE = Rule(
    "prefer-timestamp-tz",
    WARNING,
    schema=columns_of_type(
        ["timestamp without time zone"],
        lambda c: "a timestamp without time zone is no moment: each reader guesses the time zone",
        lambda c: "make it a timestamptz",
    ),
)
