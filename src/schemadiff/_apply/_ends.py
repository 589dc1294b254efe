"""Whether a database is at one of the two ends of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .._diff import diff
from .._inside import inside
from .._pair import Pair, on_major
from .._plan import Plan
from .._versions import as_of
from ..catalog import fingerprint, read_from
from ..engine import Step
from ..errors import ApplyError, Drifted, ScratchError, SourceError
from ..kinds import kinds
from ..model import Added, Catalog, Changed, Removed
from ..sources import Reader
from ._session import Session

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of a plan: as fingerprints, and where the caller has them as catalogs (``known``)."""

    plan: Plan
    reader: Reader
    known: Pair | None = None

    def at_origin(self, live: Catalog) -> bool:
        return self._at(live, self.plan.before, self.plan.version)

    def at_target(self, live: Catalog) -> bool:
        return self._at(live, self.plan.after, self.plan.compiled)

    def _at(self, live: Catalog, wanted: str, version: int) -> bool:
        """A fingerprint holds for the major that deparsed what it was taken of; ``live`` is brought there."""
        major = version // 10000
        if live.server.major > major:
            return False
        found = self._moved(live, major)
        if found.server.major != major:
            raise ScratchError(
                f"the plan was compiled on PostgreSQL {major}, the scratch server is {found.server.major}; "
                "say with --scratch where a server of that major is, or plan again"
            )
        return fingerprint(inside(found, self.plan.scope)) == wanted

    def _moved(self, live: Catalog, major: int) -> Catalog:
        """``live`` as the plan's ends were compared: with what the older of its two versions knows."""
        return as_of(on_major(live, major, self.reader), min(self.plan.version, self.plan.compiled))

    def drifted(self, name: str, live: Catalog) -> Drifted:
        """The error for a database at neither end."""
        majors = {self.plan.version // 10000, self.plan.compiled // 10000}
        if live.server.major not in majors:
            reason = (
                f"the plan was made for PostgreSQL {self.plan.version // 10000}, this is {live.server.major}"
            )
        else:
            reason = f"it is not in the state that the plan starts from ({self.plan.origin})"
        lines = self._differences(self.known.live, live) if self.known else []
        return Drifted(
            "\n".join(
                [
                    f"{name}: {reason}; nothing was run; see what changed with 'schemadiff check', and plan again",
                    *lines,
                ]
            )
        )

    def missed(self, name: str, live: Catalog) -> ApplyError:
        """The error for a database that is not at the target once all steps have run."""
        lines = []
        if self.known:
            target = self.known.target
            lines = self._differences(self._moved(live, target.server.major), target)
        return ApplyError(
            "\n".join(
                [
                    f"{name}: all steps ran and are committed, and the database is not at {self.plan.target}; "
                    "somebody else changed it meanwhile, or the plan was not proven; see the difference with "
                    "'schemadiff check', then plan again",
                    *lines,
                ]
            )
        )

    def _differences(self, found: Catalog, wanted: Catalog) -> list[str]:
        ends = (inside(c, self.plan.scope) for c in (found, wanted))
        return [f"  {line}" for line in _lines(*ends)][:SHOWN]


def _lines(found: Catalog, wanted: Catalog) -> Iterator[str]:
    for delta in diff(found, wanted):
        match delta:
            case Added(fact):
                yield f"only afterwards: {fact.id}"
            case Removed(fact):
                yield f"only before: {fact.id}"
            case Changed(_, after, attributes):
                yield f"differs: {after.id} ({', '.join(attributes)})"


def is_unseen(step: Step) -> bool:
    """Whether the ends of a plan do not show that a step has run."""
    return kinds()[step.id.kind].on_request


def read(at: Session) -> Catalog:
    """The catalog as it is now. Raises SourceError where the server refuses or is gone."""
    try:
        return read_from(at.connection)
    except SourceError as error:
        raise type(error)(f"{at.name}: {error}") from None
