"""pg_dump's text as a value that compares: its entries, in an order that says nothing.

Set aside is what no migration can keep, or what the catalog compares with more care: the order of columns,
and with it that of grants and entries; the order of storage parameters; names of NOT NULL, which a partition
has from the day it was attached.
"""

from __future__ import annotations

import re

HEADER = re.compile(
    r"^--\n-- Name: (?P<name>.*); Type: (?P<type>.*); Schema: (?P<schema>.*); Owner: .*\n--\n", re.M
)
NOISE = re.compile(
    r"^(SET default_tablespace|SET default_table_access_method|\\restrict|\\unrestrict)\b.*\n", re.M
)
PLACE = re.compile(r"^SET default_tablespace = (?P<name>.*);\n", re.M)
PLACED = frozenset({"TABLE", "INDEX", "CONSTRAINT", "MATERIALIZED VIEW"})
NAMED_NOT_NULL = re.compile(r' CONSTRAINT ("([^"]|"")*"|[^\s"]+) NOT NULL')
UNORDERED = frozenset({"TABLE", "FOREIGN TABLE", "ACL", "DEFAULT ACL"})


def entries(dump: str) -> list[str]:
    """Each entry with its header and its tablespace, which is set before it, sorted."""
    text = dump.partition("\n--\n-- PostgreSQL database dump complete")[0]
    heads = list(HEADER.finditer(text))
    ends = [*(head.start() for head in heads), len(text)][1:]
    places = [(found.start(), found["name"]) for found in PLACE.finditer(text)]
    found = []
    for head, end in zip(heads, ends, strict=True):
        place = next((name for at, name in reversed(places) if at < head.start()), "''")
        entry = _entry(head, NOISE.sub("", text[head.end() : end]))
        is_placed = head["type"] in PLACED and place != "''"
        found.append(f"{entry}\nTABLESPACE {place}" if is_placed else entry)
    return sorted(found)


def _entry(head: re.Match[str], body: str) -> str:
    lines = [line.rstrip() for line in body.strip().splitlines() if line.strip()]
    if head["type"] in UNORDERED or (head["type"] == "TYPE" and " AS (" in lines[0]):
        lines = sorted(_parts(line.removesuffix(",")) for line in lines)
    return "\n".join([f"{head['type']} {head['schema']}.{head['name']}", *lines])


def _parts(line: str) -> str:
    if line.startswith("WITH ("):
        return " ".join(sorted(line.strip("WITH ();").split(", ")))
    return NAMED_NOT_NULL.sub(" NOT NULL", line)
