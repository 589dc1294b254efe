"""Identity of columns (``pg_attribute.attidentity``) with the options of its sequence (``pg_sequence``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..model import Fact, Id
from ..sqltext import ident, qualified, words
from ._kind import Alter, Context, Kind, Written
from ._ranges import LIMITS, moved
from ._rows import JOINING


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(Fact):
    """``options`` are those that differ from what PostgreSQL chooses for the type and the table."""

    always: bool
    options: tuple[str, ...]
    sequence: str
    type: str = field(compare=False)


def _alter(i: Identity, action: str) -> str:
    *table, column = i.id.path
    return f"alter table {qualified(*table)} alter column {ident(column)} {action}"


def clause(i: Identity, parts: Sequence[str], ctx: Context) -> str:
    kind = "always" if i.always else "by default"
    schema, table, column = i.id.path
    named = (
        [] if i.sequence == f"{table}_{column}_seq" else [f"sequence name {qualified(schema, i.sequence)}"]
    )
    options = " ".join([*named, *i.options])
    return words(f"generated {kind} as identity", options and f"({options})")


def inlined(i: Identity, parts: Sequence[str], ctx: Context) -> str | None:
    """ADD COLUMN takes none where the table has heirs, before 17 none either where it has partitions."""
    column = ctx.fact(i.parent) if i.parent else None
    if column is None or column.parent is None or ctx.created(column.parent):
        return clause(i, parts, ctx)
    joins = (c.facts[d] for c in (ctx.before, ctx.after) for d in c.dependents.get(column.parent, ()))
    kinds = ("inheritance",) if ctx.version >= 170000 else JOINING
    has_heirs = any(j.id.kind in kinds and j.parent != column.parent for j in joins)
    return None if has_heirs else clause(i, parts, ctx)


PERSISTENCE = {False: "logged", True: "unlogged"}


def change(before: Identity, after: Identity, ctx: Context) -> Written:
    """ALTER TABLE changes all options but whether it is unlogged, in which it follows its table."""
    plain = [_plain(i) for i in (before, after)]
    kept = [set(i.options).difference(p.options) for i, p in zip((before, after), plain, strict=True)]
    if kept[0] == kept[1]:
        return _set(*plain)
    table = ctx.after.facts.get(Id("table", after.id.path[:-1]))
    said = PERSISTENCE[getattr(table, "unlogged", False) != bool(kept[1])]
    return [*_set(*plain), f"alter sequence {qualified(after.id.path[0], before.sequence)} set {said}"]


def _plain(i: Identity) -> Identity:
    return replace(i, options=tuple(o for o in i.options if o not in PERSISTENCE.values()))


def _set(before: Identity, after: Identity) -> list[str]:
    """Each option that went is set back to what PostgreSQL would choose, and so is a limit that it would choose
    otherwise for another direction."""
    changed = [f"set generated {'always' if after.always else 'by default'}"] * (
        before.always != after.always
    )
    changed += [f"set {o}" for o in after.options if o not in before.options]
    gone = {_name(o) for o in before.options} - {_name(o) for o in after.options}
    turned = {name for name in ("minvalue", "maxvalue") if _value(name, before) != _value(name, after)}
    gone |= {name for name in turned if not _has(after, name)}
    changed += [f"set {_chosen(name, after)}" for name in sorted(gone)]
    if _start(before) != _start(after) and not any("start with" in c for c in changed):
        changed.append(f"set start with {_start(after)}")
    return [*_into_range(before, after), *([_alter(after, " ".join(changed))] if changed else [])]


def rename(before: Identity, after: Identity, ctx: Context) -> Written:
    return [
        f"alter sequence {qualified(after.id.path[0], before.sequence)} rename to {ident(after.sequence)}"
    ]


def _value(option: str, i: Identity) -> int:
    given = [o for o in i.options if o.startswith(option + " ")]
    return int((given[0] if given else _chosen(option, i)).rsplit(" ", 1)[1])


def _start(i: Identity) -> int:
    down = _value("increment by", i) < 0
    return _value("start with", i) if _has(i, "start with") else _value("maxvalue" if down else "minvalue", i)


def _has(i: Identity, option: str) -> bool:
    return any(o.startswith(option + " ") for o in i.options)


def _into_range(before: Identity, after: Identity) -> list[str]:
    name = qualified(after.id.path[0], before.sequence)
    ranges = [(_value("minvalue", i), _value("maxvalue", i)) for i in (before, after)]
    return moved(name, ranges[0], ranges[1], _value("increment by", after) > 0, _alter(after, "").rstrip())


def _name(option: str) -> str:
    return option if option == "cycle" else option.rsplit(" ", 1)[0]


def _chosen(option: str, i: Identity) -> str:
    down = any(o.startswith("increment by -") for o in i.options)
    top = LIMITS[i.type]
    low, high = (-top - 1, -1) if down else (1, top)
    return {
        "start with": f"start with {high if down else low}",
        "increment by": "increment by 1",
        "minvalue": f"minvalue {low}",
        "maxvalue": f"maxvalue {high}",
        "cache": "cache 1",
        "cycle": "no cycle",
    }[option]


CHANGE = Alter(change)


def query(version: int) -> str:
    """Before PostgreSQL 18 a NOT NULL is a flag of the column, and has its address; before 15 no sequence is
    unlogged."""
    not_null = "a.attrelid as ref_pg_constraint, a.attnum::int as refsub_pg_constraint"
    if version >= 180000:
        not_null = NOT_NULL
    return QUERY.replace("{not_null}", not_null).replace("{kept}", KEPT if version >= 150000 else "null")


KEPT = "case when q.relpersistence <> c.relpersistence then case q.relpersistence when 'u' then 'unlogged' else 'logged' end end"


NOT_NULL = """array(select k.oid from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'n'
                     and k.conkey[1] = a.attnum) as ref_pg_constraint"""
QUERY = """
        select s.seqrelid as oid, array[n.nspname, c.relname, a.attname]::text[] as path, a.attrelid as parent_oid, a.attnum as parent_sub,
               a.attidentity = 'a' as always, q.relname::text as sequence, format_type(a.atttypid, null) as type,
               array_remove(array[
                   case when s.seqstart <> case when s.seqincrement > 0 then s.seqmin else s.seqmax end
                        then 'start with ' || s.seqstart end,
                   case when s.seqincrement <> 1 then 'increment by ' || s.seqincrement end,
                   case when s.seqmin <> m.low then 'minvalue ' || s.seqmin end,
                   case when s.seqmax <> m.high then 'maxvalue ' || s.seqmax end,
                   case when s.seqcache <> 1 then 'cache ' || s.seqcache end,
                   case when s.seqcycle then 'cycle' end,
                   {kept}], null) as options,
               {not_null}
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_depend d on d.classid = 'pg_class'::regclass and d.deptype = 'i' and d.refclassid = 'pg_class'::regclass
             and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
        join pg_sequence s on s.seqrelid = d.objid join pg_class q on q.oid = s.seqrelid,
        lateral (select case s.seqtypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647
                        else 9223372036854775807 end as top) l,
        lateral (select case when s.seqincrement > 0 then 1 else -l.top - 1 end as low,
                        case when s.seqincrement > 0 then l.top else -1 end as high) m
        where a.attidentity <> '' and not a.attisdropped and {user_schema}
          and (a.attinhcount = 0 or not c.relispartition)
    """

KIND = Kind(
    name="identity",
    title="identities",
    fact=Identity,
    catalog="pg_sequence",
    parent="pg_class",
    query=query,
    cost=5,
    rank=132,
    create=lambda i, parts, ctx: [_alter(i, f"add {clause(i, parts, ctx)}")],
    drop=lambda i, ctx: [_alter(i, "drop identity")],
    changes={"always": CHANGE, "options": CHANGE, "sequence": Alter(rename)},
    names=lambda i: [(catalog, i.id.path[0], i.sequence) for catalog in ("pg_class", "pg_type")],
    order=lambda i: 2,
    detachable=True,
    follows_retype=lambda i, before, after: True,
    older=lambda i, version: i if version >= 150000 else _plain(i),
    ignored={"type": "follows from the column"},
    inline=inlined,
    why_not_migra="migra loses the options of the sequence",
    keeps_name="has no name but its sequence's, which is changed in place",
)
