"""Catalogs out of nothing: every kind with any values, and edges that make no sense to PostgreSQL."""

from __future__ import annotations

import types
from dataclasses import fields
from functools import cache
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from schemadiff.kinds import kinds
from schemadiff.model import Catalog, Edge, Fact, Facts, Id, Server

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
PATH = st.lists(TEXT, min_size=1, max_size=3).map(tuple)
IDS = st.builds(Id, st.sampled_from(sorted(kinds())), PATH)


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of an annotation that a kind uses."""
    if isinstance(hint, TypeAliasType):
        return values(hint.__value__)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(values, arguments))
    if origin is tuple and arguments[-1:] == (Ellipsis,):
        return st.lists(values(arguments[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    plain = {str: TEXT, bool: st.booleans(), int: st.integers(-(2**63), 2**63), type(None): st.none()}
    return plain[hint]


@cache
def attributes(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    fact = kinds()[kind].fact
    hints = get_type_hints(fact)
    base = {f.name for f in fields(Fact)}
    return st.fixed_dictionaries({f.name: values(hints[f.name]) for f in fields(fact) if f.name not in base})


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    ids = draw(st.lists(IDS, max_size=5, unique=True))
    numbers = st.integers(0, max(len(ids) - 1, 0))
    pairs = st.frozensets(st.tuples(numbers, numbers), max_size=6 if ids else 0)
    edges, order = (frozenset(Edge(ids[a], ids[b]) for a, b in draw(pairs)) for _ in range(2))
    casts = draw(st.frozensets(st.tuples(TEXT, TEXT, TEXT), max_size=2))
    counted = draw(st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=2).map(tuple)), max_size=2).map(tuple))
    server = Server(draw(st.integers(140000, 189999)), draw(TEXT), casts)
    return Catalog(Facts.of(fact(draw, i, ids) for i in ids), edges, server, counted, order)


def fact(draw: st.DrawFn, identity: Id, ids: list[Id]) -> Fact:
    some = st.sampled_from(ids)
    return kinds()[identity.kind].fact(
        id=identity,
        parent=draw(st.none() | some),
        inherited=tuple(draw(st.lists(some, max_size=2))),
        local=draw(st.booleans()),
        **draw(attributes(identity.kind)),
    )
