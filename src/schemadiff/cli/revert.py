"""``schemadiff revert``: run the reverse of what was last applied."""

from __future__ import annotations

from ._options import URLS, Allow, Scratch, Targets, Yes
from ._planning import Planned
from ._running import run
from ._targets import chosen, configuration, databases, scratch_spec


def command(
    urls: URLS = None, target: Targets = None, yes: Yes = False, allow: Allow = None, scratch: Scratch = None
) -> int:
    """Run the reverse of what was last applied.

    It is taken from the history of the database, as it was proven.
    """
    from .._apply import revert_plan

    config = configuration()
    found = databases(chosen(urls or [], target or [], config))
    plans = [Planned(d, revert_plan(d.text), scratch_spec(scratch, config, d)) for d in found]
    return run(plans, config, yes=yes, allow=allow, question="Revert")
