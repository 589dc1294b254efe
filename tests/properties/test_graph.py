"""The order of any graph without a cycle, and the cycle of any other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemadiff.graph import Cycle, Graph, components, reached

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


GATES = st.lists(st.tuples(st.sets(NODES, max_size=4), st.sets(NODES, max_size=4)), max_size=4)


@given(EDGES, GATES)
def test_many_after_many_is_each_after_each(
    edges: list[tuple[int, int]], gates: list[tuple[set[int], set[int]]]
) -> None:
    every = set(range(13))
    pairs = [(later, earlier) for some, others in gates for later in some for earlier in others]
    single, together = made(every, [*edges, *pairs]), made(every, edges)
    for some, others in gates:
        together.must_all_run(some, after=others)
    try:
        wanted = single.order(lambda n: -n)
    except Cycle:
        with pytest.raises(Cycle) as caught:
            together.order(lambda n: -n)
        path = caught.value.path
        assert len(set(path)) == len(path) >= 2
        assert all(b in single.before[a] for a, b in zip(path, [*path[1:], path[0]], strict=True))
    else:
        assert together.order(lambda n: -n) == wanted


@given(EDGES)
def test_what_leads_to_one_another_has_one_number(edges: list[tuple[int, int]]) -> None:
    def onwards(node: int) -> list[int]:
        return [b for a, b in edges if a == node]

    every = sorted({n for edge in edges for n in edge})
    found = components(every, onwards)
    assert found.keys() == set(every)
    leads = {n: reached([n], onwards) for n in every}
    assert all((found[a] == found[b]) == (a in leads[b] and b in leads[a]) for a in every for b in every)
