"""Which entries of a dump a scope looks at, and how the patterns of ``ignore`` call them. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from .._inside import leaves_out
from .._scope import Scope
from .._trash import PREFIX, dropped_on
from ..script.lexer import tokens
from ._entries import Entry
from ._spelling import members, name_of

OURS = "schemadiff"
"""The schema of the history, which no comparison looks at."""
RELATIONS = ("TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE")
KINDS = {
    "FK CONSTRAINT": ("constraint",),
    "CHECK CONSTRAINT": ("constraint",),
    "PROCEDURE": ("function",),
    "TYPE": ("enum", "composite_type", "range_type", "base_type"),
    "SHELL TYPE": ("base_type",),
    "SERVER": ("foreign_server",),
    "ACL": ("privilege",),
    "DEFAULT ACL": ("default_privilege",),
    "PROCEDURAL LANGUAGE": ("language",),
    "PUBLICATION TABLES IN SCHEMA": ("publication_schema",),
    "OPERATOR FAMILY": ("operator_family", "operator_family_member"),
    "SEQUENCE OWNED BY": ("owned_by",),
    "TABLE ATTACH": ("partition",),
    "INDEX ATTACH": ("index_attachment",),
}
"""The kinds of an entry where they are not called as pg_dump calls it."""
FACETS = {"COMMENT": "comment", "SECURITY LABEL": "security_label", "ACL": "privilege"}
INSIDE = (
    "default",
    "not_null",
    "identity",
    "identity_sequence",
    "replica_identity",
    "clustered",
    "inheritance",
)
"""What pg_dump writes within the entry of its table."""
LETTERS = {"tables": "r", "sequences": "S", "functions": "f", "routines": "f", "types": "T", "schemas": "n"}


def excluded(found: Iterable[Entry], scope: Scope) -> list[str]:
    """What pg_dump is told to leave out: the schemas and relations that the scope leaves out, with all on them."""
    options = {f"--exclude-schema={_pattern(OURS)}": None}
    for entry in found:
        for schema in _schemas(entry):
            if is_left_out(schema, scope):
                options[f"--exclude-schema={_pattern(schema)}"] = None
        if entry.type in RELATIONS and _is_ignored(entry, scope):
            options[f"--exclude-table={_pattern(entry.schema)}.{_pattern(entry.tag)}"] = None
    return list(options)


def _schemas(entry: Entry) -> list[str]:
    named = [entry.tag] if entry.type == "SCHEMA" else []
    return named + ([entry.schema] if entry.schema not in ("-", "") else [])


def _pattern(name: str) -> str:
    """A name as a pattern that means itself: psql's rules, where quotes take every meaning away."""
    return '"' + name.replace('"', '""') + '"'


def is_left_out(schema: str, scope: Scope) -> bool:
    return schema == OURS or leaves_out(schema, scope)


def looked_at(found: Iterable[Entry], scope: Scope) -> tuple[Entry, ...]:
    """The entries that the scope looks at, with what of each it does."""
    kept = (_kept(entry, scope) for entry in found if not _is_outside(entry, scope))
    return tuple(entry for entry in kept if entry.statements)


def _is_outside(entry: Entry, scope: Scope) -> bool:
    about = _about(entry)
    if (entry.type == "COMMENT" and not scope.comments) or (
        entry.type in ("ACL", "DEFAULT ACL") and not scope.privileges
    ):
        return True
    if any(is_left_out(schema, scope) for e in (entry, about) for schema in _schemas(e)):
        return True
    if entry.type not in ("TABLE", "FOREIGN TABLE") and _mentions_trash(entry):
        return True
    return _is_ignored(entry, scope) or (about is not entry and _is_ignored(about, scope))


def _mentions_trash(entry: Entry) -> bool:
    return any(
        dropped_on(t.name) is not None for text in entry.statements if PREFIX in text for t in tokens(text)
    )


def _about(entry: Entry) -> Entry:
    """The object that a comment, a label or privileges are about, by its header, where their tag names it."""
    if entry.type not in FACETS:
        return entry
    words = entry.tag.split(" ")
    count = next((n for n, word in enumerate(words) if not word.isupper()), len(words) - 1) or 1
    return replace(entry, type=" ".join(words[:count]), tag=" ".join(words[count:]))


def _kept(entry: Entry, scope: Scope) -> Entry:
    texts = [t for t in entry.statements if scope.owners or owner_of(t) is None]
    if entry.type in ("ACL", "DEFAULT ACL"):
        texts = [t for t in texts if not _matches(_granted(entry, t), scope)]
    place = entry.tablespace if scope.tablespaces else ""
    return replace(entry, statements=tuple(texts), tablespace=place)


def owner_of(text: str) -> tuple[str, str] | None:
    """Of a statement ``ALTER … OWNER TO role`` what stands before the role, and the role."""
    if " OWNER TO " not in text:
        return None
    *_, owner, to, role = (None, None, None, *tokens(text))
    if owner is None or to is None or role is None or (owner.word, to.word) != ("owner", "to"):
        return None
    return text[: role.start], role.name


def grantee_of(text: str) -> str:
    """To whom a GRANT gives, or from whom a REVOKE takes."""
    found = list(tokens(text))
    places = [n for n, token in enumerate(found[:-1]) if token.word in ("to", "from")]
    return found[places[-1] + 1].name if places else ""


def _granted(entry: Entry, text: str) -> Iterator[str]:
    """What patterns call one grantee's privileges."""
    grantee = grantee_of(text)
    if entry.type == "ACL":
        yield from (f"{name}.{grantee}" for name in _called(_about(entry), ("privilege",)))
        return
    found = list(tokens(text))
    role = found[5].name if len(found) > 5 else ""
    on = next((a.word for b, a in itertools.pairwise(found) if b.word == "on"), "")
    schema = "" if entry.schema == "-" else entry.schema
    yield f"default_privilege:{role}.{schema}.{LETTERS.get(on, '')}.{grantee}"


def _is_ignored(entry: Entry, scope: Scope) -> bool:
    kinds = KINDS.get(entry.type, (entry.type.lower().replace(" ", "_"),))
    facet = FACETS.get(entry.type)
    if facet:
        return _matches(_called(_about(entry), (facet,)), scope)
    return _matches(_called(entry, kinds), scope)


def _called(entry: Entry, kinds: Sequence[str]) -> Iterator[str]:
    """``kind:schema.name`` for each kind; the parts of a tag are not told apart by more than their blanks."""
    name, _, arguments = entry.tag.partition("(")
    name = ".".join(filter(None, (name.replace(" ", "."), arguments.removesuffix(")"))))
    if entry.tag.endswith("()"):
        name += "."
    place = "" if entry.schema in ("-", "") else f"{entry.schema}."
    yield from (f"{kind}:{place}{name}" for kind in kinds)


def _matches(names: Iterable[str], scope: Scope) -> bool:
    patterns = scope.ignored
    return bool(patterns) and any(fnmatchcase(name, p) for name in names for p in patterns)


def ignored_members(entry: Entry, scope: Scope) -> tuple[frozenset[str], bool]:
    """The columns and constraints within a table's entry that the scope leaves out, and whether it leaves out more of
    one, which stands in no entry and no member of its own."""
    if not scope.ignored or entry.type not in ("TABLE", "FOREIGN TABLE"):
        return frozenset(), False
    named = [name_of(m) for text in entry.statements for m in members(entry, text)]
    at = f"{entry.schema}.{entry.tag}"
    gone = frozenset(name for kind, name in named if _matches([f"{kind}:{at}.{name}"], scope))
    inner = [f"{kind}:{at}{end}" for kind in INSIDE for end in ("", *(f".{n}" for _, n in named))]
    return gone, _matches(inner, scope)


def without(entry: Entry, gone: frozenset[str]) -> Entry:
    """The entry of a table without the statements about columns that do not count."""

    def about(text: str) -> bool:
        found = list(tokens(text))
        return any(a.word == "column" and b.name in gone for a, b in itertools.pairwise(found))

    trash = any(PREFIX in text for text in entry.statements)
    if not gone and not trash:
        return entry
    kept = [t for t in entry.statements if members(entry, t) or not (about(t) or _about_trash(t))]
    return replace(entry, statements=tuple(kept))


def _about_trash(text: str) -> bool:
    return PREFIX in text and any(dropped_on(t.name) is not None for t in tokens(text))
