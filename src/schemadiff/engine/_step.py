"""The step: one statement of a plan."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..kinds import Question
from ..model import Id
from ..sqltext import without
from ._observed import Observed


@dataclass(frozen=True, slots=True)
class Step:
    """One SQL statement of a plan, without its semicolon.

    ``verb`` is create, drop or alter; ``engine`` who wrote it. ``commits`` says that what it made can
    be used only after a commit, ``rows_only`` that it moves rows and changes no schema."""

    sql: str
    id: Id
    verb: str
    engine: str
    transactional: bool = True
    commits: bool = False
    rows_only: bool = False
    hazards: tuple[str, ...] = ()
    begins: bool = False
    """Must run in a later transaction than the steps before it."""
    apart: bool = False
    """Runs for long: in a transaction of its own."""
    builds: tuple[str, ...] = ()
    """The index that it builds outside of a transaction, and leaves invalid when it fails."""
    drops: tuple[str, ...] = ()
    """The index that it drops outside of a transaction."""
    rebuilds: tuple[str, ...] = ()
    """The index that it builds anew outside of a transaction."""
    resumes: bool = False
    """Commits on its way outside of a transaction, and goes on from there when it is run again."""
    shown: str = ""
    """The statement with a mask for each secret, where it holds one."""
    secrets: tuple[str, ...] = ()
    also: tuple[Id, ...] = ()
    """The further objects that it serves, of the same kind and in the same way."""
    asks: tuple[Question, ...] = ()
    """What to ask the rows before it runs."""
    action: str = ""
    """The end of an ALTER TABLE that others may join; empty in a plan, where they have joined."""

    observed: Observed | None = field(default=None, compare=False)
    """What the proof saw it do; None where it did not run there, or makes what stands on nothing that was there."""

    @property
    def ids(self) -> tuple[Id, ...]:
        """All objects that it serves."""
        return (self.id, *self.also)

    @property
    def stands_alone(self) -> bool:
        """Whether no other step runs in its transaction, or it runs in none."""
        return self.apart or not self.transactional

    @property
    def head(self) -> str:
        """What stands before ``action``."""
        return self.sql.removesuffix(self.action).rstrip()

    @property
    def line(self) -> str:
        """The statement on one line: all of it where it serves several objects, else its first line."""
        return " ".join(self.display.split()) if self.also else self.display.split("\n", 1)[0]

    @property
    def display(self) -> str:
        """The statement as it may be shown, and kept."""
        return self.shown or self.sql

    @property
    def withheld(self) -> bool:
        """Whether it was kept without the secrets that it needs, and so cannot run."""
        return bool(self.shown) and self.sql == self.shown

    def without_secrets(self, text: str) -> str:
        """A text about this step, such as an error's, with none of its secrets nor of their words."""
        return without(text, self.secrets)
