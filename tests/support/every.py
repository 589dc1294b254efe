"""Whether all that can be asked is: ``SCHEMADIFF_EVERY_CASE=1 make test`` takes some fifteen minutes more."""

from __future__ import annotations

import os

EVERY_CASE = "SCHEMADIFF_EVERY_CASE" in os.environ
