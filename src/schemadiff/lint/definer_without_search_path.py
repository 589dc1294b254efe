"""A `security definer` function runs with its owner's rights, and finds the names in its body by the `search_path` of
whoever calls it: who may create a table or function in a schema of that path makes it run theirs, as the owner.

**What to do.** `set search_path = ''` as part of the function, with names in the body qualified; or
`set search_path = app, pg_temp`. https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
"""

from collections.abc import Iterator

from ..kinds.function import Function
from ._facts import every
from ._rule import ERROR, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for function in every(schema.catalog, Function):
        if function.definer and not any(s.startswith("search_path=") for s in function.settings):
            yield Found(
                function.id,
                "runs with its owner's rights and finds names by the search_path of whoever calls it",
                "add: set search_path = ''",
            )


RULE = Rule("definer-without-search-path", ERROR, schema=find)
