"""The questions whether values fit the type that their column gets, and which of them come out changed.

Where PostgreSQL has a function that tells, or a comparison does, misfits are counted; else the conversion itself is
tried on every value. A type that the plan makes is not there to try: of a domain its base and its checks are asked,
of an enum its labels, of a composite type its attributes.
https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-VALIDITY
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..model import Fact, Id
from ..sqltext import comma, ident, literal, qualified
from ._conversions import INTEGERS, TEXTS, Typed, cast, converted, narrows
from ._kind import Context
from ._question import Question
from ._standing import called, domains, is_settled, rows_where, stored, table_of

LIMITS = {"smallint": 2**15, "integer": 2**31}
CUT = frozenset({"character varying", "character", "bit", "bit varying"})
"""Types that a written cast cuts values to, and an assignment does not."""
COMPARED = frozenset(
    {"bigint", "date", "double precision", "integer", "interval", "numeric", "real", "smallint",
     "time with time zone", "time without time zone", "timestamp with time zone", "timestamp without time zone"}
)  # fmt: skip
"""Types of which two values can be compared, to see whether a conversion changed one."""
EXACT = frozenset({"bit", "interval"})
"""Types whose modifier is no upper limit: a length that is the only one, or fields."""
NUMBERS = INTEGERS | {"numeric", "real", "double precision"}
SOFT = 160000
"""The first version that has pg_input_is_valid."""


def misfits(before: Any, after: Any, labels: Mapping[str, str], ctx: Context) -> Iterator[Question]:
    """Of a column that changes its type, or whose type is made anew; ``labels`` is what becomes of an enum's."""
    if not is_settled(after.id, ctx):
        yield from _new_type(before, after, labels, ctx)
        return
    for domain in domains(after.id, ctx):
        if getattr(domain, "not_null", False):
            yield from nulls(after, ctx)
            break
    if before.type != after.type and not _always_fits(before, after, ctx):
        yield from _known_type(before, after, ctx)


def nulls(column: Fact, ctx: Context) -> Iterator[Question]:
    """Rows without a value, where a domain is to have none."""
    found = stored(column.id, ctx)
    yield from _rows(column, f"{found} is null", f"{found} is NULL, and its domain NOT NULL", ctx)


def _null_elements(column: Fact, ctx: Context) -> Iterator[Question]:
    found = stored(column.id, ctx)
    what = f"{found} has an element that is NULL, and its domain is NOT NULL"
    yield from _rows(column, f"array_position({found}::text[], null) is not null", what, ctx)


def _rows(column: Fact, condition: str, what: str, ctx: Context, **how: Any) -> Iterator[Question]:
    table = table_of(column)
    return rows_where(table, called(table, ctx), condition, what, ctx, **how)


# Types that are there


def _always_fits(before: Any, after: Any, ctx: Context) -> bool:
    """Whether the types alone say that no value fails or changes."""
    old, new = before.plain_type, after.plain_type
    if old == new:
        return _is_wider(old, before.modifier, after.modifier)
    if old in INTEGERS and new in INTEGERS:
        return LIMITS.get(new, 2**63) > LIMITS.get(old, 2**63)
    free = after.modifier < 0 and not any(domains(after.id, ctx))
    return free and (new in TEXTS or cast(before, after, ctx) == "i")


def _is_wider(plain: str, old: int, new: int) -> bool:
    if old == new or new < 0:
        return True
    if plain.startswith("numeric") and old >= 0:
        (precision, scale), (wide, far) = _numeric(old), _numeric(new)
        return far >= scale and wide - far >= precision - scale
    return 0 <= old <= new and plain.removesuffix("[]") not in EXACT


def _numeric(modifier: int) -> tuple[int, int]:
    """Precision and scale (numeric_maximum_size in PostgreSQL's source); the scale has eleven bits and a sign."""
    scale = (modifier - 4) & 0x7FF
    return (modifier - 4) >> 16 & 0xFFFF, (scale ^ 1024) - 1024


def _known_type(before: Any, after: Any, ctx: Context) -> Iterator[Question]:
    found = stored(after.id, ctx)
    condition, what = _refused(found, before, after, ctx), f"{found} does not fit {after.type}"
    becomes = converted(found, before, after, ctx)
    if condition:
        yield from _rows(after, condition, what, ctx, example=f"{found}::text", raises=what)
    if before.plain_type in COMPARED and narrows(before, after, ctx):
        changed = f"({becomes})::{before.type} <> {found}"
        changed = f"case when not ({condition}) then {changed} end" if condition else changed
        said, raises = f"{found} comes out changed as {after.type}", "" if condition else what
        yield from _rows(after, changed, said, ctx, example=f"{found}::text", fails=False, raises=raises)
    elif not condition:
        tried = f"num_nulls({becomes}) > 1"  # never: it only makes PostgreSQL convert each value
        yield from _rows(after, tried, what, ctx, raises=what)


def _refused(found: str, before: Any, after: Any, ctx: Context) -> str | None:
    """The condition for a value that the new type does not take; None where only trying tells."""
    old, new = before.plain_type, after.plain_type
    element = new.removesuffix("[]")
    if element in CUT and after.modifier >= 0:
        kind = after.type.removesuffix("[]")
        if element == new:
            return f"rtrim({found}::text) <> rtrim({found}::{kind}::text)"
        each = f"unnest({found}::text[]) e where rtrim(e) <> rtrim(e::{kind}::text)"
        return f"exists (select from {each})" if old.endswith("[]") else None
    if old in INTEGERS and new in INTEGERS:
        limit = LIMITS[new]
        return f"{found} not between {-limit} and {limit - 1}"
    if ctx.version < SOFT:
        return None
    if old in TEXTS and cast(before, after, ctx) is None:
        return f"not pg_input_is_valid({_text(found, before)}, {literal(after.type)})"
    if old in NUMBERS and new in INTEGERS:
        return f"not pg_input_is_valid(round({found})::numeric::text, {literal(new)})"
    if old in NUMBERS and new == "numeric":
        return f"not pg_input_is_valid({found}::text, {literal(after.type)})"
    return None


def _text(found: str, before: Typed) -> str:
    """The text that a value is written as: the cast of a padded one leaves the padding out."""
    return f"nullif(concat({found}), '')" if before.plain_type == "character" else f"{found}::text"


# Types that the plan makes


def _new_type(before: Any, after: Any, labels: Mapping[str, str], ctx: Context) -> Iterator[Question]:
    element = after.plain_type.removesuffix("[]")
    for i in ctx.after.references.get(after.id, ()):
        fact = ctx.after.facts[i]
        if element != qualified(*i.path) or (before.type == after.type and not ctx.created(i)):
            continue
        if i.kind == "enum":
            yield from _labels(before, after, fact, labels, ctx)
        elif i.kind == "composite_type" and before.type == after.type == element:
            yield from _attributes(after, i, ctx)
        elif i.kind == "domain":
            yield from _of_domain(before, after, labels, ctx)


def _labels(
    before: Any, after: Any, enum: Any, labels: Mapping[str, str], ctx: Context
) -> Iterator[Question]:
    """Values that are no label, nor mapped to one."""
    found = stored(after.id, ctx)
    known = f"array[{comma(literal(x) for x in (*enum.labels, *labels))}]::text[]"
    if before.plain_type.endswith("[]"):
        condition = f"exists (select from unnest({found}::text[]) e where e <> all ({known}))"
    elif after.plain_type.endswith("[]"):
        return
    else:
        condition = f"{_text(found, before)} <> all ({known})"
    what = f"{found} holds what is no label of {qualified(*enum.id.path)}"
    yield from _rows(after, condition, what, ctx, example=f"{found}::text")


def _attributes(after: Any, composite: Id, ctx: Context) -> Iterator[Question]:
    """Values of a composite type move through their text: each attribute must fit its new type."""
    for i in ctx.after.children.get(composite, ()):
        old, new = ctx.before.facts.get(i), ctx.after.facts[i]
        if i.kind != "attribute" or old is None or old == new or not is_settled(i, ctx, (composite,)):
            continue
        part = f"({stored(after.id, ctx)}).{ident(ctx.was(i).path[-1])}"
        kind: Any = new
        what = f"{stored(after.id, ctx)}.{ident(i.path[-1])} does not fit {kind.type}"
        condition = (
            f"not pg_input_is_valid({part}::text, {literal(kind.type)})"
            if ctx.version >= SOFT
            else f"num_nulls({part}::text::{kind.type}) > 1"
        )
        yield from _rows(after, condition, what, ctx, example=f"{part}::text", raises=what)


def _of_domain(before: Any, after: Any, labels: Mapping[str, str], ctx: Context) -> Iterator[Question]:
    chain: list[Any] = list(domains(after.id, ctx, elements=True))
    is_array = after.plain_type.endswith("[]")
    if is_array and not before.plain_type.endswith("[]"):
        return
    if any(d.not_null for d in chain):
        yield from _null_elements(after, ctx) if is_array else nulls(after, ctx)
    base = chain[-1]
    enums = [
        i
        for i in ctx.after.references.get(base.id, ())
        if i.kind == "enum" and qualified(*i.path) == base.base
    ]
    if not is_settled(base.id, ctx, [c for d in chain for c in (d.id, *ctx.after.children.get(d.id, ()))]):
        for i in enums:
            yield from _labels(before, after, ctx.after.facts[i], labels, ctx)
        return
    parts: Iterator[Any] = (ctx.after.facts[c] for d in chain for c in ctx.after.children.get(d.id, ()))
    checks = [c for c in parts if c.id.kind == "domain_constraint" and c.validated]
    yield from broken(before, after, base.base, checks, [d.id for d in chain], ctx)


def broken(
    before: Any, after: Fact, base: str, checks: Sequence[Any], chain: Sequence[Id], ctx: Context
) -> Iterator[Question]:
    """Values of a column that checks of its domain refuse, or that are none of the domain's base."""
    found, table = stored(after.id, ctx), table_of(after)
    there, value = called(table, ctx), f"({_text(found, before)})::{base}"
    if before.plain_type.endswith("[]"):
        there, value = f"{there}, unnest({found}::text[]) e", f"e::{base}"
    what = f"{found} does not fit {base}"
    if not checks:
        tried = f"(select {value} as value from {there}) v"
        yield from rows_where(table, tried, "num_nulls(value) > 1", what, ctx, raises=what)
    for check in checks:
        if not is_settled(check.id, ctx, chain):
            continue
        origin = f"(select {value} as value from {there}) v"
        said = f"{found} breaks check {ident(check.id.path[-1])} of its domain"
        yield from rows_where(
            table, origin, f"not ({check.expression})", said, ctx, example="value::text", raises=what
        )
