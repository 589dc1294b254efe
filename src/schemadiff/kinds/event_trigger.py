"""Event triggers (``pg_event_trigger``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, ident, literal, words
from ._kind import REPLACE, Alter, Context, Kind, Written
from ._states import STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTrigger(Fact):
    """``enabled`` as in pg_event_trigger.evtenabled: O, D, R or A."""

    event: str
    tags: tuple[str, ...]
    function: str
    enabled: str


def create(t: EventTrigger, parts: Sequence[str], ctx: Context) -> Written:
    tags = f"when tag in ({comma(literal(tag).strip() for tag in t.tags)})" if t.tags else None
    head = f"create event trigger {ident(t.id.path[0])} on {ident(t.event)}"
    return [
        words(head, tags, f"execute function {t.function}()"),
        *(set_enabled(t) if t.enabled != "O" else ()),
    ]


def set_enabled(t: EventTrigger) -> list[str]:
    return [f"alter event trigger {ident(t.id.path[0])} {STATES[t.enabled]}"]


KIND = Kind(
    name="event_trigger",
    title="event triggers",
    fact=EventTrigger,
    catalog="pg_event_trigger",
    query="""
        select t.oid, array[t.evtname::text] as path, t.evtevent::text as event,
               coalesce(t.evttags, '{}') as tags,
               t.evtfoid::regproc::text as function, t.evtenabled::text as enabled
        from pg_event_trigger t
    """,
    rank=400,  # after all that it would fire on
    create=create,
    drop=lambda t, ctx: [f"drop event trigger {ident(t.id.path[0])}"],
    changes={
        **dict.fromkeys(("event", "tags", "function"), REPLACE),
        "enabled": Alter(lambda a, b, ctx: set_enabled(b)),
    },
    address=lambda t: f"event trigger {ident(t.id.path[0])}",
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read event triggers",
)
