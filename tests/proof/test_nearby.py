"""What a proof copies: what differs and what hangs together with it, or a large schema as it is."""

from __future__ import annotations

from collections.abc import Iterable

from schemadiff._nearby import MANY, Bearing, nearby
from schemadiff.model import Catalog, Edge, Fact, Facts, Id, Server

NOTHING = Bearing(frozenset(), frozenset(), frozenset(), {})


def called(numbers: Iterable[int]) -> list[Id]:
    return [Id("schema", (f"s{number}",)) for number in numbers]


def having(ids: list[Id]) -> Catalog:
    edges = {Edge(a, b) for a, b in [ids[:2]] if len(ids) > 1}
    return Catalog(Facts.of(Fact(id=i) for i in ids), frozenset(edges), Server(180000, "me"))


def test_what_differs_and_what_it_needs_is_kept() -> None:
    same, more = called(range(9)), called(range(9, 10))
    origin, target = having(same), having([*more, *same])
    assert [set(end.facts) for end in nearby(origin, target, (), NOTHING)] == [
        {*same[:2]},
        {*more, *same[:2]},
    ]
    assert [set(end.facts) for end in nearby(origin, origin, same[:1], NOTHING)] == [set(same[:2])] * 2


def test_a_large_schema_of_which_most_differs_is_kept_as_it_is() -> None:
    most, less = called(range(MANY // 2 + 1)), called(range(MANY, MANY + MANY // 2))
    whole = having([*most, *less])
    for origin, target in ((having(less), whole), (whole, having(less))):
        assert list(map(id, nearby(origin, target, (), NOTHING))) == [id(origin), id(target)]
    assert len(nearby(having(most), whole, (), NOTHING)[1].facts) < len(whole.facts)
