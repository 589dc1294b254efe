"""Catalogs as values: JSON, fingerprint, difference."""

from __future__ import annotations

import gc
import json
from dataclasses import fields, replace
from io import BytesIO, StringIO
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemadiff._diff import diff
from schemadiff.catalog import (
    _fingerprint,
    _json,
    fingerprint,
    fingerprints,
    from_json,
    made_of,
    pack,
    skeleton,
    spelled_alike,
    to_json,
    unpack,
    without_secrets,
)
from schemadiff.errors import SourceError
from schemadiff.kinds import kinds
from schemadiff.model import (
    Added,
    Catalog,
    Changed,
    Edge,
    Edges,
    Fact,
    Facts,
    Id,
    Linked,
    Removed,
    Server,
    Unlinked,
    attribute_names,
)

from .catalogs import catalogs, fact


@given(catalogs())
def test_a_catalog_survives_json(catalog: Catalog) -> None:
    again, kept = from_json(to_json(catalog)), without_secrets(catalog)
    assert again == kept
    assert [all_fields(again.facts[i]) for i in kept.facts] == [all_fields(f) for f in kept.facts.values()]
    assert fingerprint(again) == fingerprint(catalog)
    assert to_json(again) == to_json(catalog)


@given(catalogs(), st.integers(1, 3))
def test_in_how_many_pieces_json_is_written_and_read_changes_nothing(catalog: Catalog, size: int) -> None:
    whole, found = to_json(catalog), from_json(to_json(catalog))
    with patch.multiple(_json, TOGETHER=size, AT_ONCE=size):
        assert to_json(catalog) == whole
        assert from_json(whole) == found


def nested(value: object) -> Catalog:
    """Some facts all of whose attributes are one value."""
    policy = kinds()["policy"].fact
    names = attribute_names(policy)
    every = dict.fromkeys((*names.compared, *names.others), value)
    made = [policy(id=Id("policy", (f"p{n}",)), **every) for n in range(5)]
    return Catalog(Facts.of(made), frozenset(), Server(180000, "me"))


@pytest.mark.parametrize("text", ["],[", '],["', '],\n["', "]", "]}", '"facts":[', '],"facts":['])
def test_a_text_that_looks_like_json_survives_it(text: str) -> None:
    for catalog in (nested(text), nested((text, (text,)))):
        for size in (1, 2000):
            with patch.object(_json, "TOGETHER", size):
                assert from_json(to_json(catalog)) == catalog


@given(catalogs(), catalogs())
def test_facts_are_equal_as_mappings_are(catalog: Catalog, other: Catalog) -> None:
    assert catalog.facts.equal(other.facts) == (catalog.facts == other.facts)
    assert catalog.facts.equal(replace(repacked(catalog)).facts)


@given(catalogs(), st.data())
def test_what_changes_nothing_is_the_same_catalog(catalog: Catalog, data: st.DataObject) -> None:
    there = list(catalog.facts.values())
    some = data.draw(st.lists(st.sampled_from(there), max_size=3) if there else st.just([]))
    assert catalog.but([replace(f) for f in some]) is catalog


def repacked(catalog: Catalog, like: Catalog | None = None) -> Catalog:
    return unpack(BytesIO(b"".join(pack(catalog))), like)


def condensed(catalog: Catalog) -> Catalog:
    """The same, which has found its edges and forgotten what they are made of."""
    found = replace(catalog, edges=Edges(lambda: set(catalog.edges)), order=Edges(lambda: set(catalog.order)))
    found.condense()
    return found


@given(catalogs())
def test_a_catalog_survives_being_packed(catalog: Catalog) -> None:
    again = repacked(catalog)
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


@given(catalogs(), st.data())
def test_a_snapshot_that_is_damaged_is_none_or_the_same(catalog: Catalog, data: st.DataObject) -> None:
    whole = to_json(catalog)
    place = data.draw(st.integers(0, len(whole) - 2))  # its last line may lack its end
    character = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda c: c != whole[place]))
    changed = whole[:place] + character + whole[place + 1 :]
    again = replace(from_json(whole), server=catalog.server)
    for damaged in (whole[:place], changed):
        try:
            found = from_json(damaged)
        except SourceError:
            continue
        assert replace(found, server=catalog.server) == again


def all_fields(fact: Fact) -> list[object]:
    return [getattr(fact, f.name) for f in fields(fact)]


@given(catalogs(), catalogs())
def test_a_catalog_that_shares_what_is_kept_of_it_is_the_same(catalog: Catalog, other: Catalog) -> None:
    again = repacked(catalog, other)
    assert again == repacked(condensed(catalog)) == catalog
    kept, _ = made_of(StringIO(to_json(catalog)), "snapshot", other)
    assert kept == without_secrets(catalog)
    ours = kept.facts.rows
    assert all((ours[i] is row) == (ours[i] == row) for i, row in other.facts.rows.items() if i in ours)
    assert sorted(again.facts) == list(again.facts)
    names = {i: i for i in other.facts}
    assert all(names.get(i, i) is i for i in again.facts)
    assert [all_fields(again.facts[i]) for i in catalog.facts] == [
        all_fields(f) for f in catalog.facts.values()
    ]


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
    """But for the parent, which the identity and the attributes of a real fact imply, for what only use leaves behind,
    and for what is compared on request alone."""
    origin = data.draw(catalogs().filter(lambda catalog: catalog.facts))
    one = data.draw(st.sampled_from(sorted(origin.facts)))
    other = replace(fact(data.draw, one, sorted(origin.facts)), parent=origin.facts[one].parent)
    target = origin.but([other])
    same = diff(skeleton(origin), skeleton(target)) == () or kinds()[one.kind].on_request
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
    starts = [catalog, repacked(catalog), repacked(catalog, other), condensed(catalog), catalog.like(other)]
    start = data.draw(st.sampled_from(starts))
    made = start.but((*other.facts.values(), *moved), first).but(moved[:1], second)
    gone = {*first, *second}
    assert set(made.edges) == {e for e in catalog.edges if gone.isdisjoint(e)}
    ensure_known(made, ids)
    kept = set(data.draw(some))
    some_of_it = made.only(kept)
    assert set(some_of_it.facts) == kept & made.facts.keys()
    assert set(some_of_it.edges) == {e for e in made.edges if kept.issuperset(e)}
    ensure_known(some_of_it, ids)
    ensure_known(some_of_it.but((), first), ids)
    assert before == {i: (catalog.children.get(i), catalog.dependents.get(i)) for i in catalog.facts}


def ensure_known(made: Catalog, ids: list[Id]) -> None:
    """What it knows of facts is what a catalog finds that is made of nothing but these."""
    fresh = Catalog(Facts.of(made.facts.values()), frozenset(made.edges), made.server)
    for i in ids:
        assert made.children.get(i) == fresh.children.get(i)
        assert made.references.get(i) == fresh.references.get(i)
        assert made.dependents.get(i) == fresh.dependents.get(i)
        assert (
            made.ids_of(i.kind) == fresh.ids_of(i.kind) == sorted(f for f in made.facts if f.kind == i.kind)
        )


@given(catalogs(), catalogs(), st.data())
def test_what_two_catalogs_share_is_no_difference(
    origin: Catalog, other: Catalog, data: st.DataObject
) -> None:
    """Where a catalog knows in what it is like another one, it differs from that as it did, and is called the same."""
    ids = st.sampled_from(sorted({*origin.facts, *other.facts}, key=str) or [Id("table", ("t",))])
    wanted = origin.but(other.facts.values(), data.draw(st.lists(ids, max_size=2)))
    gone = data.draw(st.lists(ids, max_size=2))
    back = [origin.facts[i] for i in data.draw(st.lists(ids, max_size=2)) if i in origin.facts]
    plain = wanted.but(back, gone)
    is_whole = all(row[0][0] is None or row[0][0] in wanted.facts for row in wanted.facts.rows.values())
    kept = [repacked(wanted, origin)] if is_whole else []
    like = data.draw(st.sampled_from([wanted.like(origin), *kept]))
    ours, theirs = like.facts.rows, origin.facts.rows
    assert all((ours[i] is row) == (ours[i] == row) for i, row in theirs.items() if i in ours)
    assert like.like(origin) is like
    alike = like.but(back, gone)
    assert alike == plain
    assert diff(origin, alike) == diff(origin, plain)
    assert diff(alike, origin) == diff(plain, origin)
    assert spelled_alike(alike, origin) == spelled_alike(plain, origin)
    assert [*fingerprints(origin, alike)] == [fingerprint(origin), fingerprint(plain)]
    assert diff(origin.only(set(gone)), alike) == diff(origin.only(set(gone)), plain)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 5))
def test_what_is_written_once_is_hashed_for_both(removed: int, renamed: int, together: int) -> None:
    """The parts that two fingerprints are made of end where either has more."""
    names = [f"t{n:02}" for n in range(40)]
    made = [kinds()["comment"].fact(id=Id("comment", ("table", n)), text=n) for n in names]
    origin = Catalog(Facts.of(made), frozenset(), Server(180000, "me"))
    changed = [replace(f, text="another") for f in made[renamed : renamed + 1]]
    added = [kinds()["comment"].fact(id=Id("comment", ("table", f"t{removed:02}x")), text="")]
    target = origin.like(origin).but((*changed, *added), [f.id for f in made[removed : removed + 1]])
    with patch.object(_fingerprint, "TOGETHER", together):
        assert [*fingerprints(origin, target)] == [fingerprint(origin), fingerprint(target)]
    assert fingerprint(target) != fingerprint(origin)


def test_catalogs_that_nobody_uses_are_freed_at_once() -> None:
    """Not when Python looks for circles of references, which takes longer than a plan of a large schema."""
    ids = [Id("schema", ("a",)), Id("comment", ("schema", "a")), Id("comment", ("schema", "b"))]
    schema, *comments = (kinds()[i.kind].fact for i in ids)
    facts = [
        schema(id=ids[0]),
        *(c(id=i, parent=ids[0], text="") for c, i in zip(comments, ids[1:], strict=True)),
    ]
    origin = Catalog(Facts.of(facts), frozenset({Edge(ids[1], ids[2])}), Server(180000, "me"))
    gc.collect()
    gc.disable()
    try:
        for start in (repacked(origin), from_json(to_json(origin)), replace(origin)):
            alike = start.like(origin)
            for one in (start, alike, alike.but(facts[:1], ids[2:]), start.only(set(ids[:2]))):
                assert one.references[ids[1]]
                assert one.dependents[ids[0]] >= one.children[ids[0]] > ()
                assert one.ids_of("comment")
                assert set(one.edges) >= set(one.order)
        del start, alike, one
        assert gc.collect() == 0
    finally:
        gc.enable()
