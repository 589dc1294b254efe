"""What only makes a process smaller changes nothing else."""

from __future__ import annotations

import ctypes

import pytest

from schemadiff._memory import give_back


@pytest.mark.parametrize("lacks", [False, True])
def test_memory_is_given_back_where_the_system_can(lacks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Library:
        def __init__(self, name: str | None) -> None:
            assert name is None
            if not lacks:
                self.malloc_trim = asked.append

    monkeypatch.setattr(ctypes, "CDLL", Library)
    give_back()
    assert asked == ([] if lacks else [0])
