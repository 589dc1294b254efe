"""The enabled states that triggers, rules and event triggers share, by their letter in the catalogs."""

from __future__ import annotations

STATES = {"O": "enable", "D": "disable", "R": "enable replica", "A": "enable always"}
