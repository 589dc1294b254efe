"""Nodes and the edges between them → one order. Knows no kind; same input, same order.

Edges read ``must_run(a).after(b)``. A cycle is reported with its path, never repaired here.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


class Cycle[N](Exception):
    """Nodes that wait for one another, in a ring: each must run after the next."""

    def __init__(self, path: tuple[N, ...]) -> None:
        super().__init__(" → ".join(map(str, path)))
        self.path = path


def reached[N: Hashable](start: Iterable[N], onwards: Callable[[N], Iterable[N]]) -> dict[N, None]:
    """All nodes that lead on from some nodes, those first, each once."""
    seen = dict.fromkeys(start)
    queue = list(seen)
    while queue:
        for node in onwards(queue.pop()):
            if node not in seen:
                seen[node] = None
                queue.append(node)
    return seen


def components[N: Hashable](start: Iterable[N], onwards: Callable[[N], Iterable[N]]) -> dict[N, int]:
    """All nodes that lead on from some nodes, each with a number: that of two is the same where each leads to the other.

    https://en.wikipedia.org/wiki/Path-based_strong_component_algorithm"""
    arrived: dict[N, int] = {}
    found: dict[N, int] = {}
    trail: list[N] = []
    bounds: list[N] = []
    visits: list[tuple[N, Iterator[N]]] = []

    def enter(node: N) -> None:
        arrived[node] = len(arrived)
        trail.append(node)
        bounds.append(node)
        visits.append((node, iter(onwards(node))))

    for first in start:
        if first not in arrived:
            enter(first)
        while visits:
            node, ways = visits[-1]
            following = next((n for n in ways if n not in found), None)
            if following is None:
                visits.pop()
                if bounds[-1] == node:
                    bounds.pop()
                    while node not in found:
                        found[trail.pop()] = arrived[node]
            elif following not in arrived:
                enter(following)
            else:
                while arrived[bounds[-1]] > arrived[following]:
                    bounds.pop()
    return found


@dataclass(slots=True)
class Graph[N: Hashable]:
    """Collects nodes and edges; ``order`` sorts them."""

    nodes: dict[N, None] = field(default_factory=dict)
    before: dict[N, dict[N, None]] = field(default_factory=dict)
    """For each node, those that must run before it."""
    gates: list[tuple[Collection[N], Collection[N]]] = field(default_factory=list)
    """Nodes all of which must run before any of some others: as many edges as there are nodes, not pairs."""

    def add(self, nodes: Iterable[N]) -> None:
        self.nodes.update(dict.fromkeys(nodes))

    def must_run(self, node: N) -> _After[N]:
        return _After(self, node)

    def must_all_run(self, nodes: Iterable[N], after: Iterable[N]) -> None:
        """Each of some nodes after each of others, itself left out."""
        later, earlier = dict.fromkeys(nodes), dict.fromkeys(after)
        if len(later) > 1 and len(earlier) > 1 and later.keys().isdisjoint(earlier):
            self.gates.append((earlier, later))
            return
        for node in later:
            for other in earlier:
                self.must_run(node).after(other)

    def order(self, key: Callable[[N], Any]) -> list[N]:
        """Every node after those that it must run after; among free ones the smallest key first.

        Raises Cycle where there is none such order."""
        waiting = {n: len(self.before.get(n, ())) for n in self.nodes}
        closed = [len(earlier) for earlier, _ in self.gates]
        followers: dict[N, list[N]] = {}
        through: dict[N, list[int]] = {}
        for node, before in self.before.items():
            for other in before:
                followers.setdefault(other, []).append(node)
        for gate, (earlier, later) in enumerate(self.gates):
            for node in earlier:
                through.setdefault(node, []).append(gate)
            for node in later:
                waiting[node] += 1
        ready = [(key(n), i, n) for i, n in enumerate(self.nodes) if not waiting[n]]
        heapq.heapify(ready)
        numbers = {n: i for i, n in enumerate(self.nodes)}
        done: list[N] = []
        while ready:
            node = heapq.heappop(ready)[2]
            done.append(node)
            opened: list[N] = []
            for gate in through.get(node, ()):
                closed[gate] -= 1
                opened += [] if closed[gate] else self.gates[gate][1]
            for follower in (*followers.get(node, ()), *opened):
                waiting[follower] -= 1
                if not waiting[follower]:
                    heapq.heappush(ready, (key(follower), numbers[follower], follower))
        if len(done) < len(self.nodes):
            raise Cycle(self._ring(set(self.nodes) - set(done)))
        return done

    def _ring(self, left: set[N]) -> tuple[N, ...]:
        """A shortest ring among the nodes that could not run."""
        start = next(n for n in self.nodes if n in left)
        path: dict[N, int] = {}
        node = start
        while node not in path:
            path[node] = len(path)
            node = next(n for n in self._awaited(node) if n in left)
        ring = sorted(path, key=path.__getitem__)[path[node] :]
        return tuple(ring)

    def _awaited(self, node: N) -> Iterator[N]:
        """What must run before a node."""
        yield from self.before.get(node, ())
        for earlier, later in self.gates:
            if node in later:
                yield from earlier


@dataclass(frozen=True, slots=True)
class _After[N: Hashable]:
    graph: Graph[N]
    node: N

    def after(self, other: N) -> None:
        if other != self.node:
            self.graph.before.setdefault(self.node, {})[other] = None
