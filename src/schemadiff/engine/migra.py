"""What migra writes of the actions that it gets: the only importer of migra and schemainspect, which take longer to
load than many plans to make.

Builds migra's inspected objects from facts, projected to these actions (``_claims``), calls its Migration, and gives each
statement its action by the exact text that the inspected objects offer. No SQL is read. A statement of unknown origin is
an error.
"""

from __future__ import annotations

import inspect
import sys
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from types import FrameType
from typing import Any

from ..errors import UnplannedChange
from ..model import Fact
from ..sqltext import ident
from ._actions import Action
from ._claims import Claimed


def _frames() -> list[tuple[FrameType]]:
    """The stack as schemainspect asks for it while it is imported, without the source text that it never
    reads: finding that takes longer than everything else in the import."""
    found: list[tuple[FrameType]] = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        found.append((frame,))
        frame = frame.f_back
    return found


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # schemainspect imports pkg_resources
    _stack, inspect.stack = inspect.stack, _frames  # type: ignore[assignment]
    try:
        from migra import Migration
        from schemainspect.inspector import NullInspector
        from schemainspect.pg import obj
    finally:
        inspect.stack = _stack

PREAMBLE = "set check_function_bodies = off;"
COLLECTIONS = (
    "schemas", "extensions", "collations", "enums", "sequences", "triggers", "rlspolicies", "privileges",
    "constraints", "indexes", "selectables", "materialized_views",
)  # fmt: skip


class _Projection(NullInspector):  # type: ignore[misc]
    """An inspected database that holds only what it is given."""

    def __init__(self, found: Mapping[str, Mapping[str, Any]]) -> None:
        for name in COLLECTIONS:
            setattr(self, name, OrderedDict(found.get(name, {})))


def write(claimed: Claimed) -> dict[Action, str]:
    """The statements that migra writes, by action. Raises UnplannedChange for one of unknown origin."""
    found: dict[Action, str] = {}
    for verb, actions in claimed.items():
        found |= _migrate(actions, verb)
    return found


def _migrate(actions: Iterable[Action], verb: str) -> dict[Action, str]:
    before: dict[str, dict[str, Any]] = {}
    after: dict[str, dict[str, Any]] = {}
    owners: dict[str, Action] = {}
    for action in actions:
        for side, fact in ((before, action.before), (after, action.after)):
            if fact is None or ((verb == "drop") != (side is before) and verb != "replace"):
                continue
            collection, built = BUILDERS[fact.id.kind](fact)
            side.setdefault(collection, {})[repr(fact.id)] = built
            owners[(built.drop_statement if verb == "drop" else built.create_statement).strip()] = action
    migration = Migration(_Projection(before), _Projection(after))
    migration.set_safety(False)
    migration.add_all_changes()
    return _attributed((s.strip() for s in migration.statements if s != PREAMBLE), owners)


def _attributed(statements: Iterable[str], owners: Mapping[str, Action]) -> dict[Action, str]:
    found = {}
    for statement in statements:
        if statement not in owners:
            raise UnplannedChange(f"migra wrote a statement that belongs to no object:\n{statement}")
        found[owners[statement]] = statement.removesuffix(";")
    return found


# From facts to inspected objects. Each answers migra's collection and the object.


def _schema(f: Any) -> tuple[str, Any]:
    return "schemas", obj.InspectedSchema(f.id.path[0])


def _extension(f: Any) -> tuple[str, Any]:
    return "extensions", obj.InspectedExtension(f.id.path[0], f.schema)


def _enum(f: Any) -> tuple[str, Any]:
    return "enums", obj.InspectedEnum(f.id.path[1], f.id.path[0], list(f.labels))


def _sequence(f: Any) -> tuple[str, Any]:
    return "sequences", obj.InspectedSequence(f.id.path[1], f.id.path[0])


def _constraint(f: Any) -> tuple[str, Any]:
    schema, table, name = f.id.path
    return "constraints", obj.InspectedConstraint(name, schema, TYPES[f.type], table, f.definition, None)


TYPES = {"c": "CHECK", "f": "FOREIGN KEY", "p": "PRIMARY KEY", "u": "UNIQUE", "x": "EXCLUDE"}


def _index(f: Any) -> tuple[str, Any]:
    schema, name = f.id.path
    unread = dict.fromkeys(
        ("key_columns", "key_options", "num_att", "is_unique", "is_pk", "is_exclusion", "is_immediate",
         "is_clustered", "key_collations", "key_expressions", "partial_predicate", "algorithm")
    )  # fmt: skip
    return "indexes", obj.InspectedIndex(name, schema, f.parent.path[-1], definition=f.definition, **unread)


def _view(f: Any) -> tuple[str, Any]:
    schema, name = f.id.path
    return "selectables", obj.InspectedSelectable(
        name, schema, OrderedDict(), definition=f.definition, relationtype="v"
    )


def _function(f: Any) -> tuple[str, Any]:
    schema, name, arguments = f.id.path
    built = obj.InspectedFunction(
        name=name, schema=schema, columns=OrderedDict(), inputs=[], definition=f.definition, volatility=None,
        strictness=None, security_type=None, identity_arguments=arguments, result_string=f.result, language=None,
        full_definition=f.definition, comment=None, returntype=None, kind=f.type,
    )  # fmt: skip
    return "selectables", built


def _trigger(f: Any) -> tuple[str, Any]:
    schema, table, name = f.id.path
    return "triggers", obj.InspectedTrigger(name, schema, table, None, None, f.enabled, f.definition)


def _policy(f: Any) -> tuple[str, Any]:
    schema, table, name = f.id.path
    roles = [r if r == "public" else ident(r) for r in f.roles]
    built = obj.InspectedRowPolicy(name, schema, table, f.command, f.permissive, roles, f.using, f.check)
    return "rlspolicies", built


BUILDERS: Mapping[str, Callable[[Fact], tuple[str, Any]]] = {
    "schema": _schema,
    "extension": _extension,
    "enum": _enum,
    "sequence": _sequence,
    "constraint": _constraint,
    "index": _index,
    "view": _view,
    "function": _function,
    "trigger": _trigger,
    "policy": _policy,
}
