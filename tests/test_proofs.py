"""The proof of what a plan touches against the proof of everything: the same verdict, the same steps, the same hazards.

A sample of the kinds' cases is asked; all of them with ``SCHEMADIFF_EVERY_CASE=1``. ``SCHEMADIFF_PAIRS=FOLDER`` asks the
pairs of a folder too: each ``GROUP/NAME`` in it with an ``old.sql`` and a ``new.sql``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from support.every import EVERY_CASE

from schemadiff import Plan, SchemadiffError, prove
from schemadiff._api import plan_pair
from schemadiff._pair import pair
from schemadiff.errors import LoadError, ProofFailed
from schemadiff.sources import Reader, Source, source

KINDS = Path(__file__).parent / "kinds"
OF_KINDS = 1 if EVERY_CASE else 40
"""One case of a kind in so many is asked."""
GIVEN = os.environ.get("SCHEMADIFF_PAIRS")


def folders(root: Path, step: int = 1) -> list[Path]:
    return sorted(path.parent for path in root.glob("*/*/new.sql"))[::step]


def called(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


@dataclass(frozen=True)
class Verdict:
    """What came of a plan with its proof; ``failures`` are of a copy that did not do for it."""

    plan: Plan | None
    refusal: str
    failures: tuple[str, ...]


@pytest.mark.parametrize("folder", folders(KINDS, OF_KINDS), ids=called)
def test_both_proofs_agree_on_the_cases_of_kinds(
    folder: Path, binaries: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_agreed(folder, binaries, monkeypatch)


@pytest.mark.skipif(GIVEN is None, reason="SCHEMADIFF_PAIRS names no folder of more pairs")
@pytest.mark.parametrize("folder", folders(Path(GIVEN)) if GIVEN else [None], ids=str)
def test_both_proofs_agree_on_the_pairs_that_are_given(
    folder: Path, binaries: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_agreed(folder, binaries, monkeypatch)


def ensure_agreed(folder: Path, binaries: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    near, full = (verdict(folder, binaries, how, monkeypatch) for how in (True, "full"))
    assert near.refusal == full.refusal
    assert (near.plan is None) == (full.plan is None)
    if near.plan is not None and full.plan is not None:
        assert near.plan.forward.steps == full.plan.forward.steps
        assert near.plan.reverse.steps == full.plan.reverse.steps
        assert near.plan.notes == full.plan.notes
    assert near.failures == (), "what the plan touches does not do for a proof"


def end(file: Path) -> Source:
    """A file as a source, where it says nothing an empty database."""
    found = source(str(file))
    return found if Reader().files(found).read().statements else source("empty")


def verdict(
    folder: Path, binaries: str | None, how: Literal[True, "full"], monkeypatch: pytest.MonkeyPatch
) -> Verdict:
    """The verdict on the way from the old schema to the new one."""
    failures: list[str] = []
    real = prove._prove

    def watched(*arguments: Any) -> object:
        try:
            return real(*arguments)
        except ProofFailed as error:
            failures.append(str(error))
            raise

    with monkeypatch.context() as patched:
        patched.setattr(prove, "_prove", watched)
        try:
            found = pair(*(end(folder / f"{name}.sql") for name in ("old", "new")), Reader(binaries))
        except LoadError as error:
            pytest.skip(f"a side does not load: {error}")
        try:
            made = plan_pair(found, ("old", "new"), prove=how, scratch=binaries)
        except SchemadiffError as error:
            return Verdict(None, f"{type(error).__name__}: {error}", ())
        return Verdict(made, "", tuple(failures))
