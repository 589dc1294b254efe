"""Quoting and joining of SQL, and showing what names hold: the only string helpers. Nothing here reads SQL."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

LONGEST_NAME = 63
"""The bytes of a name, as PostgreSQL is built everywhere (``NAMEDATALEN``)."""
MASK = "***"
"""Stands for a secret: where one is shown, and in a source that leaves it to the database."""
KEYWORDS = frozenset(
    [
        "all",
        "analyse",
        "analyze",
        "and",
        "any",
        "array",
        "as",
        "asc",
        "asymmetric",
        "authorization",
        "between",
        "bigint",
        "binary",
        "bit",
        "boolean",
        "both",
        "case",
        "cast",
        "char",
        "character",
        "check",
        "coalesce",
        "collate",
        "collation",
        "column",
        "concurrently",
        "constraint",
        "create",
        "cross",
        "current_catalog",
        "current_date",
        "current_role",
        "current_schema",
        "current_time",
        "current_timestamp",
        "current_user",
        "dec",
        "decimal",
        "default",
        "deferrable",
        "desc",
        "distinct",
        "do",
        "else",
        "end",
        "except",
        "exists",
        "extract",
        "false",
        "fetch",
        "float",
        "for",
        "foreign",
        "freeze",
        "from",
        "full",
        "grant",
        "greatest",
        "group",
        "grouping",
        "having",
        "ilike",
        "in",
        "initially",
        "inner",
        "inout",
        "int",
        "integer",
        "intersect",
        "interval",
        "into",
        "is",
        "isnull",
        "join",
        "json",
        "json_array",
        "json_arrayagg",
        "json_exists",
        "json_object",
        "json_objectagg",
        "json_query",
        "json_scalar",
        "json_serialize",
        "json_table",
        "json_value",
        "lateral",
        "leading",
        "least",
        "left",
        "like",
        "limit",
        "localtime",
        "localtimestamp",
        "merge_action",
        "national",
        "natural",
        "nchar",
        "none",
        "normalize",
        "not",
        "notnull",
        "null",
        "nullif",
        "numeric",
        "offset",
        "on",
        "only",
        "or",
        "order",
        "out",
        "outer",
        "overlaps",
        "overlay",
        "placing",
        "position",
        "precision",
        "primary",
        "real",
        "references",
        "returning",
        "right",
        "row",
        "select",
        "session_user",
        "setof",
        "similar",
        "smallint",
        "some",
        "substring",
        "symmetric",
        "system_user",
        "table",
        "tablesample",
        "then",
        "time",
        "timestamp",
        "to",
        "trailing",
        "treat",
        "trim",
        "true",
        "union",
        "unique",
        "user",
        "using",
        "values",
        "varchar",
        "variadic",
        "verbose",
        "when",
        "where",
        "window",
        "with",
        "xmlattributes",
        "xmlconcat",
        "xmlelement",
        "xmlexists",
        "xmlforest",
        "xmlnamespaces",
        "xmlparse",
        "xmlpi",
        "xmlroot",
        "xmlserialize",
        "xmltable",
    ]
)
"""The keywords that cannot stand everywhere as a name, of every supported major (``pg_get_keywords``)."""

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*\Z")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Also what no UTF-8 file and no XML may hold: lone surrogates, which stand for bytes of a file name, and two that are
no characters."""
_ITEM = re.compile(r'(?! )(?:[^,"]|"(?:[^"]|"")*")+')
_BREAKS = re.compile("[\t\n]")


def cut(name: str, size: int = LONGEST_NAME) -> str:
    """As much of a name as fits into a number of bytes: PostgreSQL cuts between characters."""
    return name.encode()[:size].decode(errors="ignore")


def marked(name: str, mark: str) -> str:
    """A name with a mark at its end. One that has to be cut for it gets some letters of its own too: long names
    often begin alike."""
    if len((name + mark).encode()) <= LONGEST_NAME:
        return name + mark
    end = f"_{hashlib.sha256(name.encode()).hexdigest()[:6]}{mark}"
    return cut(name, LONGEST_NAME - len(end)) + end


def ident(name: str) -> str:
    """A name as an identifier, quoted where it needs to be."""
    if _PLAIN.match(name) and name not in KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


def qualified(*names: str) -> str:
    """Names joined with dots, each quoted where it needs to be."""
    return ".".join(map(ident, names))


def literal(text: str) -> str:
    """A text as a string constant that reads the same under any ``standard_conforming_strings``."""
    if "\\" in text:
        return " E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
    return "'" + text.replace("'", "''") + "'"


def comma(parts: Iterable[str]) -> str:
    """Parts joined with a comma and a space."""
    return ", ".join(parts)


def items(text: str) -> list[str]:
    """The parts of a list of names, quoted or not: ``integer, "a, b"`` has two."""
    return _ITEM.findall(text)


def words(*parts: str | None) -> str:
    """The non-empty parts joined with one space."""
    return " ".join(part for part in parts if part)


def block(head: str, lines: Iterable[str], tail: str = ")") -> str:
    """``head (`` with one indented line a part, closed by ``tail``."""
    body = ",\n".join("    " + line for line in lines)
    return f"{head} (\n{body}\n{tail}" if body else f"{head} ({tail}"


def dollar(text: str) -> str:
    """A text as a dollar-quoted constant whose tag it does not hold."""
    number = 0
    tag = "$$"
    while tag in text + "$":
        number += 1
        tag = f"$_{number}$"
    return f"{tag}{text}{tag}"


def settings(options: Iterable[str]) -> str:
    """Storage parameters ``name=value`` as a list for WITH and SET, the values quoted."""
    pairs = (option.split("=", 1) for option in options)
    return comma(f"{name}={literal(value).strip()}" for name, value in pairs)


def names_of(options: Iterable[str]) -> str:
    """The names of storage parameters ``name=value``, for RESET."""
    return comma(option.split("=", 1)[0] for option in options)


def without(text: str, secrets: Iterable[str]) -> str:
    """A text with a mask for each secret and each word of one, where it stands as a word."""
    words = {word for secret in secrets for word in (secret, *secret.split()) if word}
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", MASK, text)
    return text


def visible(text: str) -> str:
    """A text as it may be shown to people: what steers a terminal, turns the direction of the text or cannot be
    seen stands as its escape, such as ``\\x1b`` and ``\\u202e``. Line breaks and tabs stay."""
    return _UNSEEN.sub(lambda found: _escape(found[0]), text)


def one_line(text: str) -> str:
    """The same in one line, line breaks and tabs being escapes too."""
    return _BREAKS.sub(lambda found: _escape(found[0]), visible(text))


def _escape(character: str) -> str:
    number = ord(character)
    named = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return named.get(character) or (f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}")


def comment(text: str) -> str:
    """A text as a comment of one line, which nothing in it can end (``\\r`` ends one as ``\\n`` does)."""
    return f"-- {one_line(text)}".rstrip()
