"""What a statement is to the loader, told from its first tokens.

A scratch database stands for one database of a cluster. Statements about the cluster are left out, those
that create roles become a request for the role's name, and the rest runs: many at once where that gives
the same as one by one. Owns that sorting. Does not own running (``run``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from schemadiff.script.lexer import Token, tokens

_LOOK = 8  # tokens; more are looked at where a statement's kind needs it


class Way(Enum):
    """How a statement is run."""

    TOGETHER = auto()  # with its neighbours in one implicit transaction
    ALONE = auto()  # means something else, or nothing, inside a transaction
    CONTROL = auto()  # begins or ends a transaction, or must be the first thing in one
    ROLE = auto()  # asks for the role ``name``
    HERE = auto()  # is about the database that is loaded, by whatever name
    IGNORED = auto()  # is not run, for ``reason``
    REFUSED = auto()  # must not be run, and cannot be left out; ``reason`` says what to write instead


@dataclass(frozen=True, slots=True)
class Handling:
    """A way, for ``ROLE`` the role's name, and the reason why a statement is not run, or means nothing to the
    catalog although it is."""

    way: Way
    name: str = ""
    reason: str = ""


_TOGETHER, _ALONE, _CONTROL = Handling(Way.TOGETHER), Handling(Way.ALONE), Handling(Way.CONTROL)
_CLUSTER = "it is about the cluster, not about this database"
_OF_DATABASE = "a scratch database has a name and settings of its own"
OF_ROLES = "of roles, only that they exist matters to a schema"
_OUTREACH = "it would reach out to another server"
_CONNECTS = (
    "a subscription that connects would reach out to its publisher each time that the schema is loaded; "
    "write WITH (connect = false), as pg_dump does"
)
_REASONS = {
    "database": _OF_DATABASE,
    "tablespace": _CLUSTER,
    "parameter": _CLUSTER,
    "system": _CLUSTER,
    "role": OF_ROLES,
    "user": OF_ROLES,
    "group": OF_ROLES,
}
_COMMENTED = {"database", "tablespace", "role"}
_GRANTED = {"database", "tablespace", "parameter"}
_BEGINNINGS = {"begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release"}
# Prepared statements and cursors outlive a rollback or need a transaction; the others refuse one or may
# end it. Whatever is missing here only costs time: its batch fails and runs again one by one.
_LONERS = {
    "vacuum",
    "cluster",
    "reindex",
    "call",
    "do",
    "prepare",
    "deallocate",
    "discard",
    "lock",
    "declare",
}
_REACHES = {"enable", "refresh", "connection", "publication"}  # of ALTER SUBSCRIPTION
_TO_ITS_END = {"local", "constraints"}
_RAW_PARSER = {"standard_conforming_strings", "backslash_quote"}


def handling(text: str, compound: bool = False) -> Handling:
    """How to run a statement."""
    first = list(islice(tokens(text), _LOOK))
    words = [token.word for token in first]
    match words:
        case ["copy", *_]:
            return Handling(Way.IGNORED, reason="rows are not schema")
        case ["create" | "alter" | "drop", "user", "mapping", "for" | "if", *_]:
            return _TOGETHER
        case ["create", "role" | "user" | "group", *_] if len(first) > 2 and first[2].name:
            return Handling(Way.ROLE, name=first[2].name, reason=OF_ROLES if len(first) > 3 else "")
        case ["create" | "alter" | "drop", "subscription", *_]:
            return _subscription(text, words[0])
        case ["alter", *_] if _sets_database(words):
            return Handling(Way.HERE)
        case ["create" | "alter" | "drop", thing, *_] if thing in _REASONS and thing != "parameter":
            return Handling(Way.IGNORED, reason=_REASONS[thing])
        case ["comment", "on", thing, *_] if thing in _COMMENTED:
            return Handling(Way.IGNORED, reason=_REASONS[thing])
        case ["security", "label", *rest]:
            return _labelled(rest)
        case ["grant" | "revoke", *_]:
            return _granted(text)
        case ["set", *rest]:
            return _set(rest)
        case ["prepare", "transaction", *_]:
            return _CONTROL
        case [start, *_] if start in _BEGINNINGS:
            return _CONTROL
    return _ALONE if compound or _is_loner(words, text) else _TOGETHER


def _sets_database(words: list[str]) -> bool:
    """``ALTER DATABASE x SET …`` and ``ALTER ROLE x IN DATABASE x SET …``, or RESET, of parameters."""
    match words:
        case ["alter", "database", _, "set" | "reset", what, *_]:
            return what != "tablespace"
        case ["alter", "role" | "user", _, "in", "database", _, "set" | "reset", *_]:
            return True
    return False


def of_database(text: str, name: str) -> str:
    """Such a statement for another database; ``name`` is quoted."""
    found = iter(tokens(text))
    for token in found:
        if token.word == "database":
            old = next(found)
            return text[: old.start] + name + text[old.end :]
    return text


def _subscription(text: str, action: str) -> Handling:
    words = [token.word or token.text.strip("'").lower() for token in tokens(text)]
    if action == "create":
        offline = any(
            pair == ("connect", "=", "false") for pair in zip(words, words[1:], words[2:], strict=False)
        )
        return _TOGETHER if offline else Handling(Way.REFUSED, reason=_CONNECTS)
    if action == "alter" and not _REACHES.intersection(words):
        return _TOGETHER
    return Handling(Way.IGNORED, reason=_OUTREACH)


def _labelled(rest: list[str]) -> Handling:
    things = rest[rest.index("on") + 1 :] if "on" in rest else []
    if things and things[0] in _COMMENTED:
        return Handling(Way.IGNORED, reason=_REASONS[things[0]])
    return _TOGETHER


def _granted(text: str) -> Handling:
    """``GRANT … ON DATABASE x``, as opposed to a table that is named ``database``; and ``GRANT role TO role``."""
    depth = 0
    stream = tokens(text)
    for token in stream:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.word == "on" and not depth:
            thing, after = next(stream, None), next(stream, None)
            if thing and after and thing.word in _GRANTED and _is_name(after):
                return Handling(Way.IGNORED, reason=_REASONS[thing.word])
            return _TOGETHER
    return Handling(Way.IGNORED, reason=OF_ROLES)  # of one role to another


def _is_name(token: Token) -> bool:
    return token.kind in ("word", "quoted") and token.word not in ("to", "from")


def _set(rest: list[str]) -> Handling:
    names = rest[1:] if rest[:1] == ["session"] else rest
    if rest[:1] == ["transaction"] or rest[:2] == ["session", "characteristics"]:
        return _CONTROL
    if rest[:1] and rest[0] in _TO_ITS_END:
        return _ALONE
    return _ALONE if names[:1] and names[0] in _RAW_PARSER else _TOGETHER


def _is_loner(words: list[str], text: str) -> bool:
    match words:
        case ["alter", "type", *_]:
            return "add" in words and "value" in words
        case ["create", "temp" | "temporary" | "local" | "global", *_]:
            return True
        case ["create" | "drop", *_]:
            return "concurrently" in words
        case ["alter", "table", *_]:
            return "detach" in words
        case ["select" | "with" | "values", *_]:
            return "set_config" in text.lower()  # may be for the transaction alone
        case [start, *_]:
            return start in _LONERS
    return False


def copies_from_stdin(text: str) -> bool:
    """Whether a statement is a ``COPY … FROM stdin``, so that rows follow it."""
    if text[:4].lower() != "copy":
        return False
    depth = 0
    before = ""
    for token in tokens(text):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if before == "from" and not depth:
            return token.word in ("stdin", "pstdin")
        before = token.word
    return False


def conforming_strings(text: str, current: bool) -> bool:
    """``standard_conforming_strings`` after a statement; psql follows it to find the end of strings."""
    if text[:3].lower() != "set" or "standard_conforming_strings" not in text.lower():
        return current
    last = list(tokens(text))[-1]
    return (last.word or last.text.strip("'").lower()) not in ("off", "false", "no", "0")


def client_encoding(text: str) -> str:
    """The encoding that a ``SET client_encoding`` or ``SET NAMES`` asks for in lower case, else nothing."""
    if text[:3].lower() != "set":
        return ""
    found = [token for token in islice(tokens(text), _LOOK) if token.word not in ("session", "to")]
    if len(found) < 3 or found[1].word not in ("client_encoding", "names"):
        return ""
    return found[-1].text.strip("'\"").lower()


def is_setting(text: str) -> bool:
    """Whether a statement sets a parameter: ``SET`` or a ``SELECT set_config(…)``."""
    head = text[:6].lower()
    return head[:3] == "set" or head[:5] == "reset" or (head == "select" and "set_config" in text.lower())


def holds_secrets(text: str) -> bool:
    """Whether a statement is of those that may give a password, or another secret."""
    match [token.word for token in islice(tokens(text), 4)]:
        case ["create" | "alter", "role" | "user" | "group" | "subscription" | "server", *_]:
            return True
        case ["create" | "alter", "foreign", "data", "wrapper"]:
            return True
    return False


def is_create_public(text: str) -> bool:
    """Whether a statement is ``CREATE SCHEMA public`` and no more; every new database has that schema."""
    return [token.name for token in islice(tokens(text), 4)] == ["create", "schema", "public"]


def extension(text: str) -> str:
    """The extension that a ``CREATE EXTENSION`` names, else nothing."""
    first = list(islice(tokens(text), 6))
    words = [token.word for token in first]
    if words[:2] != ["create", "extension"] or len(first) < 3:
        return ""
    return first[5 if words[2:5] == ["if", "not", "exists"] and len(first) > 5 else 2].name


@dataclass(frozen=True, slots=True)
class Creation:
    """A ``CREATE EXTENSION`` of the usual form: ``schema`` is '' where it names none."""

    name: str
    schema: str = ""
    missing: bool = False
    """IF NOT EXISTS"""


def creation(text: str) -> Creation | None:
    """The extension that a statement creates; None where it says more than a name and a schema."""
    if [token.word for token in islice(tokens(text), 2)] != ["create", "extension"]:
        return None
    found = list(tokens(text))
    missing = [token.word for token in found[2:5]] == ["if", "not", "exists"]
    rest = [token for token in found[5 if missing else 2 :] if token.word != "with"]
    match rest:
        case [name] if name.name:
            return Creation(name.name, "", missing)
        case [name, word, schema] if name.name and word.word == "schema" and schema.name:
            return Creation(name.name, schema.name, missing)
    return None
