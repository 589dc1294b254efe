"""Where in the files of a source its objects stand: file and line, by identity.

Which statement made an object, PostgreSQL said while the script ran (``script.Watch``); what has no address of its
own stands where that does which it belongs to. Within a statement that makes several things, each stands at the line
where an element with its name begins; that is only where to look first, and never says what is what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

from .catalog import Addresses
from .kinds import kinds
from .model import Catalog, Id
from .script import Location, Made, Script, Statement
from .script.lexer import Token, tokens

ADDRESSED = frozenset(k.catalog for k in kinds().values() if k.catalog)
"""The catalogs where objects have their addresses."""
NOTHING: frozenset[str] = frozenset()
IN_A_LIST = frozenset({"constraint"})
BEHIND_ADD = frozenset({"constraint", "column", "attribute", "if", "not", "exists"})
"""Words before the name of an element."""


def locations(
    script: Script, made: Mapping[int, Iterable[Made]], ids: Addresses, catalog: Catalog
) -> dict[Id, Location]:
    """Where every fact of the catalog stands that a statement of the script made, or that belongs to one."""
    makers: dict[Id, int] = {}
    for number, addresses in sorted(made.items()):
        for address in addresses:
            i = ids.get(address[:3])
            if i is not None and address.facet is not None:
                makers.setdefault(Id(address.facet, (i.kind, *i.path)), number)
            elif i is not None:
                makers.setdefault(i, number)
    lines = cache(lambda number: _elements(script.statements[number]))
    found: dict[Id, Location] = {}
    for i in catalog.facts:
        for owner in catalog.upwards(i):
            if owner in makers:
                statement = script.statements[makers[owner]]
                among = lines(makers[owner]) if len(owner.path) > 2 else {}
                line = among.get(owner.path[-1], statement.line)
                found[i] = Location(statement.file, line)
                break
    return found


def _elements(statement: Statement) -> dict[str, int]:
    """The line of each element of a statement by its name: of a list in parentheses, or behind ADD."""
    found: dict[str, int] = {}
    depth, skips = 0, NOTHING
    for token, after in pairwise((*tokens(statement.text), Token("end", "", 0, 0))):
        begins = skips is not NOTHING
        if begins and token.word in skips and after.name:
            continue
        if begins and token.name:
            found.setdefault(token.name, statement.line + statement.text.count("\n", 0, token.start))
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        listed = depth == 1 and (token.kind == "open" or token.text == ",")
        skips = IN_A_LIST if listed else BEHIND_ADD if depth == 0 and token.word == "add" else NOTHING
    return found
