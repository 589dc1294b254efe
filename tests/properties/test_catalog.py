"""Catalogs as values: JSON, fingerprint, difference."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemadiff._diff import diff
from schemadiff.catalog import fingerprint, from_json, pack, to_json, unpack, without_secrets
from schemadiff.errors import SourceError
from schemadiff.kinds import kinds
from schemadiff.model import Added, Catalog, Changed, Fact, Facts, Linked, Removed, Unlinked

from .catalogs import catalogs, fact


@given(catalogs())
def test_a_catalog_survives_json(catalog: Catalog) -> None:
    again, kept = from_json(to_json(catalog)), without_secrets(catalog)
    assert again == kept
    assert [all_fields(again.facts[i]) for i in kept.facts] == [all_fields(f) for f in kept.facts.values()]
    assert fingerprint(again) == fingerprint(catalog)
    assert to_json(again) == to_json(catalog)


@given(catalogs())
def test_a_catalog_survives_being_packed(catalog: Catalog) -> None:
    again = unpack(BytesIO(b"".join(pack(catalog))))
    assert again == catalog
    assert [all_fields(again.facts[i]) for i in catalog.facts] == [
        all_fields(f) for f in catalog.facts.values()
    ]


@given(catalogs(), st.data())
def test_a_packed_catalog_that_is_damaged_is_none(catalog: Catalog, data: st.DataObject) -> None:
    whole = b"".join(pack(catalog))
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    for damaged in (whole[:place], changed):
        with pytest.raises(SourceError):
            unpack(BytesIO(damaged))


def all_fields(fact: Fact) -> list[object]:
    return [getattr(fact, f.name) for f in fields(fact)]


@given(catalogs())
def test_json_has_no_order_of_its_own(catalog: Catalog) -> None:
    turned = Catalog(
        Facts.of(reversed(list(catalog.facts.values()))),
        catalog.edges,
        catalog.server,
        catalog.unmodelled,
        catalog.order,
    )
    assert to_json(turned) == to_json(catalog)
    assert fingerprint(turned) == fingerprint(catalog)
    json.loads(to_json(catalog))


@given(catalogs())
def test_a_catalog_does_not_differ_from_itself(catalog: Catalog) -> None:
    assert diff(catalog, catalog) == ()


@given(catalogs(), catalogs())
def test_a_difference_is_one_and_leads_from_the_first_to_the_second(origin: Catalog, target: Catalog) -> None:
    facts, edges = dict(origin.facts), set(origin.edges)
    for delta in diff(origin, target):
        match delta:
            case Removed(fact):
                assert facts.pop(fact.id) == fact
            case Added(fact):
                assert fact.id not in facts
                facts[fact.id] = fact
            case Changed(before, after, attributes):
                assert attributes
                assert all(a != b for _, a, b in delta.values())
                assert facts[before.id] == before
                facts[after.id] = after
            case Linked(edge):
                assert edge not in edges
            case Unlinked(edge):
                assert edge in edges
    assert facts == dict(target.facts)


@given(st.data())
def test_fingerprints_are_equal_where_catalogs_are(data: st.DataObject) -> None:
    """But for the parent, which the identity and the attributes of a real fact imply, and for what is compared
    on request alone."""
    origin = data.draw(catalogs().filter(lambda catalog: catalog.facts))
    one = data.draw(st.sampled_from(sorted(origin.facts)))
    other = replace(fact(data.draw, one, sorted(origin.facts)), parent=origin.facts[one].parent)
    target = origin.but([other])
    same = diff(origin, target) == () or kinds()[one.kind].on_request
    assert (fingerprint(origin) == fingerprint(target)) == same


@given(catalogs(), catalogs(), st.data())
def test_what_is_known_of_a_catalog_is_what_a_new_one_finds(
    catalog: Catalog, other: Catalog, data: st.DataObject
) -> None:
    """Catalogs that come from one another share what they know of who needs whom."""
    ids = [*catalog.facts, *other.facts]
    some = st.lists(st.sampled_from(ids), max_size=4) if ids else st.just([])
    parents = st.sampled_from([None, *ids])
    before = {i: (catalog.children.get(i), catalog.dependents.get(i)) for i in catalog.facts}
    moved = [
        replace(catalog.facts[i], parent=data.draw(parents)) for i in data.draw(some) if i in catalog.facts
    ]
    first, second = data.draw(some), data.draw(some)
    made = catalog.but((*other.facts.values(), *moved), first).but(moved[:1], second)
    gone = {*first, *second}
    assert set(made.edges) == {e for e in catalog.edges if gone.isdisjoint(e)}
    fresh = Catalog(Facts.of(made.facts.values()), frozenset(made.edges), made.server)
    for i in ids:
        assert made.children.get(i) == fresh.children.get(i)
        assert made.references.get(i) == fresh.references.get(i)
        assert made.dependents.get(i) == fresh.dependents.get(i)
    assert before == {i: (catalog.children.get(i), catalog.dependents.get(i)) for i in catalog.facts}
