"""Several permissive policies of one table for the same role and command: each is evaluated for each row, and one that
lets the row pass is enough.

**What to do.** Make one policy of them, with `or` between the conditions.
"""

from collections.abc import Iterator

from ..kinds.policy import Policy
from ..kinds.table import Table
from ..sqltext import comma, ident
from ._facts import below, every
from ._rule import NOTE, Found, Rule, Schema

COMMANDS = {"r": "select", "a": "insert", "w": "update", "d": "delete"}
ALL = "*"


def find(schema: Schema) -> Iterator[Found]:
    for table in every(schema.catalog, Table):
        policies = [p for p in below(schema.catalog, table.id, Policy) if p.permissive]
        groups: dict[tuple[str, ...], dict[tuple[str, str], None]] = {}
        for role in sorted({role for p in policies for role in p.roles}):
            for letter, command in COMMANDS.items():
                for_it = [
                    p for p in policies if p.command in (letter, ALL) and {role, "public"} & set(p.roles)
                ]
                if len(for_it) > 1:
                    names = tuple(ident(p.id.path[-1]) for p in for_it)
                    groups.setdefault(names, {})[role, command] = None
        for names, cases in groups.items():
            said = comma(f"{command} by {role}" for role, command in cases)
            about = tuple(p.id for p in policies if ident(p.id.path[-1]) in names)
            yield Found(
                table.id,
                f"has {len(names)} permissive policies for {said}: {comma(names)}",
                "make one policy of them",
                about,
            )


RULE = Rule("multiple-permissive-policies", NOTE, schema=find)
