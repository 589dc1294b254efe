"""``schemadiff doctor``: what works here and what is missing."""

from __future__ import annotations

from ..errors import UsageError
from ._options import URL, Target
from ._output import show
from ._targets import chosen, configuration


def command(url: URL = None, target: Target = None) -> int:
    """What works here and what is missing.

    Ends with 1 where something that is needed fails.
    """
    from .._doctor import examine
    from ..report import text

    config = configuration()
    named = [target] if target and not url else []
    try:
        database = chosen([url] if url else [], named, config)[0].text
    except UsageError:
        if url or target:
            raise
        database = None
    well = True
    for finding in examine(config, database):
        show(text.finding(finding.what, finding.said, finding.well))
        well = well and finding.well is not False
    return 0 if well else 1
