"""Nodes and the edges between them → one order. Knows no kind; same input, same order.

Edges read ``must_run(a).after(b)``. A cycle is reported with its path, never repaired here.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterable
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


@dataclass(slots=True)
class Graph[N: Hashable]:
    """Collects nodes and edges; ``order`` sorts them."""

    nodes: dict[N, None] = field(default_factory=dict)
    before: dict[N, dict[N, None]] = field(default_factory=dict)
    """For each node, those that must run before it."""

    def add(self, nodes: Iterable[N]) -> None:
        self.nodes.update(dict.fromkeys(nodes))

    def must_run(self, node: N) -> _After[N]:
        return _After(self, node)

    def order(self, key: Callable[[N], Any]) -> list[N]:
        """Every node after those that it must run after; among free ones the smallest key first.

        Raises Cycle where there is none such order."""
        waiting = {n: len(self.before.get(n, ())) for n in self.nodes}
        followers: dict[N, list[N]] = {}
        for node, earlier in self.before.items():
            for other in earlier:
                followers.setdefault(other, []).append(node)
        ready = [(key(n), i, n) for i, n in enumerate(self.nodes) if not waiting[n]]
        heapq.heapify(ready)
        numbers = {n: i for i, n in enumerate(self.nodes)}
        done: list[N] = []
        while ready:
            node = heapq.heappop(ready)[2]
            done.append(node)
            for follower in followers.get(node, ()):
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
            node = next(n for n in self.before[node] if n in left)
        ring = sorted(path, key=path.__getitem__)[path[node] :]
        return tuple(ring)


@dataclass(frozen=True, slots=True)
class _After[N: Hashable]:
    graph: Graph[N]
    node: N

    def after(self, other: N) -> None:
        if other != self.node:
            self.graph.before.setdefault(self.node, {})[other] = None
