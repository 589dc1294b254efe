"""Values change to a type that may hold less than they say, or two labels of an enum become one: what is cut off or
merged is gone, and the way back cannot tell it apart any more. Where a value does not fit at all, the step fails and
nothing is lost; and nothing is where the proof sees that the table keeps its file, as from `numeric(10,2)` to
`numeric(12,2)`.

**What to do.** Look at the values that would change before you allow it.
"""

from ._hazard import ALWAYS, Hazard

HAZARD = Hazard("LOSES_PRECISION", ALWAYS, refuted=lambda sight: not sight.observed.rewrites)
