"""Publications (``pg_publication``). What they publish are facts of their own: publication_table.py,
publication_schema.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, ident, literal, words
from ._kind import REPLACE, Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Fact):
    """``operations`` in PostgreSQL's order; ``generated`` is none or stored (``pubgencols``, from 18 on)."""

    all_tables: bool
    operations: tuple[str, ...]
    via_root: bool
    generated: str


OPERATIONS = ("insert", "update", "delete", "truncate")


def _options(p: Publication) -> dict[str, str]:
    return {
        "publish": literal(comma(p.operations)).strip(),
        "publish_via_partition_root": str(p.via_root).lower(),
        "publish_generated_columns": p.generated,
    }


def _list(options: dict[str, str]) -> str:
    return comma(f"{name} = {value}" for name, value in options.items())


DEFAULTS = {
    "publish": literal(comma(OPERATIONS)),
    "publish_via_partition_root": "false",
    "publish_generated_columns": "none",
}


def create(p: Publication, parts: Sequence[str], ctx: Context) -> Written:
    wanted = {name: value for name, value in _options(p).items() if value != DEFAULTS[name]}
    return [
        words(
            f"create publication {ident(p.id.path[0])}",
            "for all tables" if p.all_tables else None,
            f"with ({_list(wanted)})" if wanted else None,
        )
    ]


def set_options(before: Publication, after: Publication, ctx: Context) -> Written:
    old = _options(before)
    wanted = {name: value for name, value in _options(after).items() if value != old[name]}
    return [f"alter publication {ident(after.id.path[0])} set ({_list(wanted)})"]


def query(version: int) -> str:
    generated = "case p.pubgencols when 's' then 'stored' else 'none' end" if version >= 180000 else "'none'"
    return f"""
        select p.oid, array[p.pubname::text] as path, p.puballtables as all_tables,
               array_remove(array[case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
                   case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end],
                   null) as operations,
               p.pubviaroot as via_root, {generated} as generated
        from pg_publication p
    """


KIND = Kind(
    name="publication",
    title="publications",
    fact=Publication,
    catalog="pg_publication",
    query=query,
    rank=180,
    create=create,
    drop=lambda p, ctx: [f"drop publication {ident(p.id.path[0])}"],
    changes={
        "all_tables": REPLACE,
        **dict.fromkeys(("operations", "via_root", "generated"), Alter(set_options)),
    },
    address=lambda p: f"publication {ident(p.id.path[0])}",
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read publications",
)
