"""Two catalogs → the ordered statements that lead from one to the other.

``_changes`` decides what each object needs, ``_actions`` makes nodes of it, ``_order`` puts them in the
graph, and ``migra`` or ``rules`` write each. Every action is claimed by one of the two, or it is an error.
"""

from ._observed import LOCKS, Observed, Relation
from ._step import Step
from ._steps import initial, steps

__all__ = ["LOCKS", "Observed", "Relation", "Step", "initial", "steps"]
