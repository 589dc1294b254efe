"""Plans as files in the layouts of other migration tools: pure functions, a plan in, files out.

A tool runs each file, or each side of it, in a transaction of its own, or in none, where the file must hold a single
statement. So the transactions of a plan become files, as many as the longer of its two scripts has: the n-th forward
one goes up in the n-th file, and the n-th reverse one down in the n-th from the end, so that going up and going down
through all of them runs both scripts in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from ..._plan import Plan
from . import alembic, dbmate, flyway, golang_migrate
from ._written import There, Written

LAYOUTS: Mapping[str, Callable[[Plan, str, There, datetime], tuple[Written, ...]]] = {
    "alembic": alembic.files,
    "dbmate": dbmate.files,
    "golang-migrate": golang_migrate.files,
    "flyway": flyway.files,
}
"""By the name of the tool, what makes the files of a plan: from its name, what is in the folder, and the time."""

__all__ = ["LAYOUTS", "There", "Written"]
