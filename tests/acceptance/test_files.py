"""The two files of the example stay one story."""

from __future__ import annotations

from acceptance.conftest import AFTER, BEFORE


def test_packaged_schema_is_the_canonical_one() -> None:
    """The wheel carries a copy for ``schemadiff demo``; cured by copying the one over the other."""
    assert BEFORE.with_name("schema.sql").read_bytes() == AFTER.read_bytes()
