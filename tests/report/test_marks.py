"""Which words of two texts differ."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from schemadiff.report.marks import Piece, marked, unified

TEXTS = st.lists(st.sampled_from(["a", "b", " ", "\n", "(", "select"]), max_size=12).map("".join)


def said(pieces: list[Piece]) -> str:
    return "".join(text for text, _ in pieces)


@given(TEXTS, TEXTS)
def test_pieces_are_the_text_and_what_is_alike_is_alike(before: str, after: str) -> None:
    old, new = marked(before, after)
    assert (said(old), said(new)) == (before, after)
    alike = ["".join(text for text, differs in pieces if not differs) for pieces in (old, new)]
    assert alike[0] == alike[1]
    assert all(text for text, _ in (*old, *new))
    assert (before == after) == (not any(differs for _, differs in (*old, *new)))


@given(TEXTS, TEXTS)
def test_a_unified_text_holds_both(before: str, after: str) -> None:
    lines = unified(before, after)
    if " …" not in lines and before != after and "\n" in before + after:
        kept = [line[1:] for line in lines if line[0] in "- "]
        assert "\n".join(kept) in before


def test_only_the_words_that_differ() -> None:
    old, new = marked("check (a > 0)", "check (a > 10)")
    assert [text for text, differs in old if differs] == ["0"]
    assert [text for text, differs in new if differs] == ["10"]


def test_long_texts_take_no_longer_than_their_lines() -> None:
    lines = [f"    perform step_{n} (a, b, c);" for n in range(4_000)]
    others = [line if n % 10 else line.replace("a", "z") for n, line in enumerate(lines)]
    start = time.perf_counter()
    old, _ = marked("\n".join(lines), "\n".join(others))
    assert time.perf_counter() - start < 20
    assert sum(differs for _, differs in old) >= 399


def test_what_lies_far_apart_leaves_out_what_is_between() -> None:
    lines = [str(n) for n in range(30)]
    changed = ["x" if n in (3, 25) else line for n, line in enumerate(lines)]
    found = unified("\n".join(lines), "\n".join(changed))
    assert [line for line in found if line[0] in "-+…" or line == " …"] == ["-3", "+x", " …", "-25", "+x"]
