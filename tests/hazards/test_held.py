"""The locks that a transaction holds after each of its steps, of a list that all steps share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemadiff._plan import Script
from schemadiff.engine import LOCKS, Observed, Relation, Step
from schemadiff.hazards import passing, sights
from schemadiff.model import Id

TAKEN = st.lists(
    st.tuples(st.sampled_from(LOCKS), st.tuples(st.just("s"), st.sampled_from("abc"))), max_size=4
)


@given(st.lists(TAKEN, min_size=1, max_size=6))
def test_each_step_has_the_strongest_locks_so_far(taken: list[list[tuple[str, Relation]]]) -> None:
    steps = tuple(
        Step(
            sql="select",
            id=Id("table", ("s", "a")),
            verb="alter",
            engine="rules",
            observed=Observed(locks=tuple(locks)),
        )
        for locks in taken
    )
    found = [sight for _, sight in sights(Script(steps, ("lossless",) * len(steps))) if sight]
    held: dict[Relation, str] = {}
    for locks, sight in zip(taken, found, strict=True):
        for mode, relation in locks:
            held[relation] = max(held.get(relation, mode), mode, key=LOCKS.index)
        assert dict(sight.held) == held
        assert len(sight.held) == len(held)
        assert sight.lock == max(held.values(), key=LOCKS.index, default="")
        assert sight.held.get(("s", "nowhere"), "none") == "none"
    assert passing(found).keys() <= held.keys()
