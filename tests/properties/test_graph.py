"""The order of any graph without a cycle, and the cycle of any other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemadiff.graph import Cycle, Graph

NODES = st.integers(0, 12)
EDGES = st.lists(st.tuples(NODES, NODES), max_size=30)


def made(nodes: set[int], edges: list[tuple[int, int]]) -> Graph[int]:
    graph: Graph[int] = Graph()
    graph.add(sorted(nodes))
    for later, earlier in edges:
        graph.must_run(later).after(earlier)
    return graph


@given(st.sets(NODES), EDGES)
def test_what_has_no_cycle_is_ordered(nodes: set[int], edges: list[tuple[int, int]]) -> None:
    falling = [(max(a, b), min(a, b)) for a, b in edges if a != b]
    nodes |= {n for edge in falling for n in edge}
    order = made(nodes, falling).order(lambda n: -n)
    assert sorted(order) == sorted(nodes)
    assert all(order.index(later) > order.index(earlier) for later, earlier in falling)


@given(st.sets(NODES, max_size=13), EDGES, st.randoms())
def test_the_order_of_input_says_nothing(
    nodes: set[int], edges: list[tuple[int, int]], random: object
) -> None:
    falling = [(max(a, b), min(a, b)) for a, b in edges if a != b]
    nodes |= {n for edge in falling for n in edge}
    shuffled = list(falling)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert made(nodes, shuffled).order(lambda n: n) == made(nodes, falling).order(lambda n: n)


@given(EDGES, st.lists(NODES, min_size=2, max_size=6, unique=True))
def test_a_cycle_is_reported_with_its_path(edges: list[tuple[int, int]], ring: list[int]) -> None:
    every = [*edges, *zip(ring, [*ring[1:], ring[0]], strict=True)]
    graph = made({n for edge in every for n in edge}, every)
    with pytest.raises(Cycle) as caught:
        graph.order(lambda n: n)
    path = caught.value.path
    assert len(path) >= 2
    assert len(set(path)) == len(path)
    follows = zip(path, [*path[1:], path[0]], strict=True)
    assert all(earlier in graph.before[later] for later, earlier in follows)
