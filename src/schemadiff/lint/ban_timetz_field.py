"""A `time with time zone` holds an offset and no date, so that it is right in one half of the year. PostgreSQL's manual
advises against it.

**What to do.** Use `timestamptz`, or `time` beside a column with the name of the time zone.
"""

from ._facts import columns_of_type
from ._rule import NOTE, Rule

RULE = Rule(
    "ban-timetz-field",
    NOTE,
    schema=columns_of_type(
        ["time with time zone"],
        lambda c: "a time with an offset and without a date is right in one half of the year",
        lambda c: "use timestamptz, or time beside the name of a time zone",
    ),
)
