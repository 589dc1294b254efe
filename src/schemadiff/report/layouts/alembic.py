"""The layout of Alembic: one revision that follows the present head of the folder, with both ways in it.

Statements go to the driver as they are: neither SQLAlchemy nor Alembic reads colons, percent signs or tabs in them.
https://alembic.sqlalchemy.org/en/latest/ops.html
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ..._plan import Plan, Script
from ...errors import SourceError, UsageError
from ...sqltext import one_line
from ._written import Group, There, Written, in_transaction, slug, statements

ENDING = ".py"
TEMPLATE = '''"""{title}

Revision ID: {revision}
Revises: {revises}
"""

from alembic import op

revision = {id}
down_revision = {down}
branch_labels = None
depends_on = None

{forward}

def upgrade() -> None:
{upgrade}

{reverse}

def downgrade() -> None:
{downgrade}


def _run(statement: str) -> None:
    """Runs a statement as it stands: nothing in it means anything to SQLAlchemy."""
    context = op.get_context()
    if context.as_sql:
        context.impl.static_output(f"{{statement}};")
    else:
        op.get_bind().exec_driver_sql(statement, execution_options={{"no_parameters": True}})
'''
APART = "    with op.get_context().autocommit_block():"


def files(plan: Plan, name: str, there: There, now: datetime) -> tuple[Written, ...]:
    """The one file of a plan. Raises UsageError where the folder has several heads."""
    down = _head(there)
    text = f"{plan.before}\0{plan.after}\0{down}"
    revision = hashlib.sha256(text.encode()).hexdigest()[:12]
    made = TEMPLATE.format(
        title=one_line(name).replace("\\", "\\\\").replace('"', "'"),
        revision=revision,
        revises=down or "",
        id=_literal(revision),
        down=_literal(down) if down else None,
        forward=_comments(plan.forward),
        upgrade="\n".join(_body(plan.forward)),
        reverse=_comments(plan.reverse),
        downgrade="\n".join(_body(plan.reverse)),
    )
    secret = bool(plan.forward.secret or plan.reverse.secret)
    return (Written(f"{revision}_{slug(name)}{ENDING}", made, secret),)


def _comments(script: Script) -> str:
    return "\n".join(f"# {one_line(line)}".rstrip() for line in script.head)


def _body(script: Script) -> Iterator[str]:
    """The statements. Alembic begins a transaction, and another one behind each block that runs in none; an empty one
    parts two transactions."""
    before: Group = ()
    for group in script.transactions:
        if not in_transaction(group):
            yield APART
            yield from _runs(group, "        ")
        else:
            if before and in_transaction(before):
                yield APART
                yield "        pass"
            yield from _runs(group, "    ")
        before = group
    if not before:
        yield "    pass"


def _runs(group: Group, indent: str) -> Iterator[str]:
    yield from (f"{indent}_run({_literal(sql)})" for sql in statements(group))


def _literal(text: str) -> str:
    """A text as Python writes it: over several lines where it has some, and where all of it can be seen."""
    if "\n" not in text or not all(c == "\n" or c.isprintable() for c in text):
        return _quoted(text)
    body = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if body.endswith('"'):
        body = body[:-1] + '\\"'
    return f'"""{body}"""'


def _quoted(text: str) -> str:
    found = repr(text)
    plain = found.startswith("'") and '"' not in found and "\\'" not in found
    return f'"{found[1:-1]}"' if plain else found


def _head(there: There) -> str | None:
    """The revision that no other one follows. Raises UsageError where there are several, SourceError for a file that is
    no Python."""
    found: dict[str, list[str]] = {}
    for name in sorted(there):
        if name.endswith(ENDING):
            values = dict(_assigned(name, there[name]))
            if isinstance(revision := values.get("revision"), str):
                found[revision] = list(_names(values.get("down_revision")))
    followed = {name for downs in found.values() for name in downs}
    heads = [name for name in found if not any(f == name or name.startswith(f) for f in followed)]
    if len(heads) > 1:
        raise UsageError(
            f"the folder has {len(heads)} heads: {', '.join(heads)}; join them with 'alembic merge heads'"
        )
    if found and not heads:
        raise UsageError("the revisions of the folder go in a circle")
    return heads[0] if heads else None


def _assigned(name: str, text: str) -> Iterator[tuple[str, object]]:
    """The literals that a module gives names to."""
    try:
        body: Sequence[ast.stmt] = ast.parse(text).body
    except (SyntaxError, ValueError) as error:
        raise SourceError(f"{name}: is no Python: {error}") from None
    for each in body:
        targets: Iterable[ast.expr] = each.targets if isinstance(each, ast.Assign) else ()
        targets = [each.target] if isinstance(each, ast.AnnAssign) else targets
        value = each.value if isinstance(each, ast.Assign | ast.AnnAssign) else None
        for given, text in (pair for target in targets for pair in _single(target, value)):
            try:
                yield given, ast.literal_eval(text)
            except ValueError:
                if given in ("revision", "down_revision"):
                    raise SourceError(
                        f"{name}: {given} is not written as a text, so its head is not known"
                    ) from None


def _single(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr]]:
    """An assignment to several names as one to each."""
    if isinstance(target, ast.Name) and value is not None:
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        if len(target.elts) == len(value.elts):
            for one, its in zip(target.elts, value.elts, strict=True):
                yield from _single(one, its)


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        yield from (each for each in value if isinstance(each, str))
