"""Foreign-data wrappers (``pg_foreign_data_wrapper``). Servers and foreign tables live in files of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, words
from ._kind import Alter, Context, Kind, Written
from ._options import SECRETS, Options, changed, given, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignDataWrapper(Fact):
    handler: str | None
    validator: str | None
    options: Options


def _name(w: ForeignDataWrapper) -> str:
    return f"foreign data wrapper {ident(w.id.path[0])}"


def create(w: ForeignDataWrapper, parts: Sequence[str], ctx: Context) -> Written:
    handler, validator = w.handler and f"handler {w.handler}", w.validator and f"validator {w.validator}"
    return [
        statement(
            lambda say: words(f"create {_name(w)}", handler, validator, given(w.options, say)), w.options
        )
    ]


def change(before: ForeignDataWrapper, after: ForeignDataWrapper, ctx: Context) -> Written:
    """One statement, since the new validator checks the new options."""
    functions = (
        _function("handler", before.handler, after.handler),
        _function("validator", before.validator, after.validator),
    )
    return [
        statement(
            lambda say: words(
                f"alter {_name(after)}", *functions, changed(before.options, after.options, say)
            ),
            after.options,
        )
    ]


def _function(what: str, before: str | None, after: str | None) -> str | None:
    if before == after:
        return None
    return f"{what} {after}" if after else f"no {what}"


KIND = Kind(
    name="foreign_data_wrapper",
    title="foreign-data wrappers",
    fact=ForeignDataWrapper,
    catalog="pg_foreign_data_wrapper",
    query="""
        select w.oid, array[w.fdwname::text] as path,
               case when w.fdwhandler <> 0 then w.fdwhandler::regproc::text end as handler,
               case when w.fdwvalidator <> 0 then w.fdwvalidator::regproc::text end as validator,
               array(select array[option_name, option_value] from pg_options_to_table(w.fdwoptions)
                     order by option_name collate "C") as options
        from pg_foreign_data_wrapper w
    """,
    rank=98,
    create=create,
    drop=lambda w, ctx: [f"drop {_name(w)}"],
    changes=dict.fromkeys(("handler", "validator", "options"), Alter(change)),
    address=lambda w: f"foreign data wrapper {ident(w.id.path[0])}",
    secrets=SECRETS,
    why_not_migra="migra does not read foreign-data wrappers",
)
