"""What a `money` value is depends on `lc_monetary` of whoever reads it: the same bytes are dollars here and yen there,
and fractions of a cent are lost.

**What to do.** Use `numeric`, and a column for the currency.
"""

from ._facts import columns_of_type
from ._rule import WARNING, Rule

RULE = Rule(
    "ban-money-field",
    WARNING,
    schema=columns_of_type(
        ["money"],
        lambda c: "what currency a money value is depends on a setting of whoever reads it",
        lambda c: "use numeric, and a column for the currency",
    ),
)
