"""A name of more than 63 bytes: PostgreSQL cuts it and says so only in a notice, so that the object is not called what
the file says, and two long names may become one.

Known only where the schema is read from `.sql` files.

**What to do.** Choose a shorter name.
"""

from collections.abc import Iterable, Iterator

from ..kinds import kinds
from ..model import Id
from ..script.lexer import tokens
from ..sqltext import LONGEST_NAME, cut, one_line
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    long = {n: f"{s.file}:{s.line}" for s in schema.statements for n in _long_names(s.text)}
    if not long:
        return
    called: dict[str, list[Id]] = {}
    for i in schema.catalog.facts:
        if not kinds()[i.kind].satellite:
            called.setdefault(i.path[-1], []).append(i)
    for name, place in long.items():
        for i in _first(called.get(cut(name), ())):
            size = len(name.encode())
            yield Found(
                i,
                f"{place} calls it {one_line(name)}, of {size} bytes: PostgreSQL cuts names after {LONGEST_NAME}",
                "choose a shorter name",
            )


def _first(found: Iterable[Id]) -> Iterator[Id]:
    """The object itself, of all that are called like it."""
    order = list(kinds())
    yield from sorted(found, key=lambda i: (order.index(i.kind), i))[:1]


def _long_names(text: str) -> Iterator[str]:
    return (t.name for t in tokens(text) if len(t.name.encode()) > LONGEST_NAME)


RULE = Rule("identifier-too-long", WARNING, schema=find)
