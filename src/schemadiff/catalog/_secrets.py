"""Catalogs without their secrets, for all that is written down; and secrets that a source leaves to the database.

What a secret is, a kind says (``Kind.secrets``); none is named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..kinds import Secrets, kinds
from ..model import Catalog, Changed, Fact


def without_secrets(catalog: Catalog) -> Catalog:
    """The catalog with a mask for each secret; the same one where it holds none."""
    found = [(fact, hidden(fact)) for fact in _keeping(catalog)]
    exchanged = [masked for fact, masked in found if masked != fact]
    return catalog.but(exchanged) if exchanged else catalog


def hidden(fact: Fact, other: Fact | None = None) -> Any:
    """The fact with a mask for each secret, another one where it differs from the same of ``other``."""
    secrets = kinds()[fact.id.kind].secrets
    return fact if secrets is None else secrets.masked(fact, other)


def hidden_change(change: Changed) -> Changed:
    """A change as it may be shown."""
    before, after = change.before, change.after
    return replace(change, before=hidden(before), after=hidden(after, before))


def filled(catalog: Catalog, other: Catalog) -> Catalog:
    """The catalog with the other's secrets where it leaves its own open."""
    found = [(fact, _filled(fact, other)) for fact in _keeping(catalog) if fact.id in other.facts]
    exchanged = [made for fact, made in found if made != fact]
    return catalog.but(exchanged) if exchanged else catalog


def left_open(catalog: Catalog) -> list[str]:
    """The objects with a secret that nobody gave, by name."""
    return [str(fact.id) for fact in _keeping(catalog) if _secrets(fact).is_open(fact)]


def _filled(fact: Fact, other: Catalog) -> Any:
    return _secrets(fact).filled(fact, other.facts[fact.id])


def _secrets(fact: Fact) -> Secrets[Any]:
    found = kinds()[fact.id.kind].secrets
    assert found is not None
    return found


def _keeping(catalog: Catalog) -> Iterator[Any]:
    return (f for name, kind in kinds().items() if kind.secrets is not None for f in catalog.of_kind(name))
