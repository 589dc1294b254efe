"""Every error that schemadiff raises, each with the exit code of the command line.

    SchemadiffError               1   the base; never raised itself
    ├── UsageError               64   the call is wrong: option, configuration, missing argument
    ├── SourceError               1   a source cannot be read
    │   ├── ConnectError          1   … the server or database cannot be reached or refuses us
    │   ├── LoadError             1   … a statement of a .sql source fails on the scratch server
    │   └── UnsupportedServer     1   … the server is older than PostgreSQL 14
    ├── ScratchError              1   no scratch server can be had
    ├── PlanError                 1   no plan can be made
    │   ├── UnplannedChange       1   … a delta that no engine claims
    │   ├── DependencyCycle       1   … steps wait for one another
    │   └── ProofFailed           1   … the plan does not reach its end on a scratch database
    ├── PlanFileError             1   a plan file is damaged, edited or of another version
    ├── ApplyError                1   a step failed on the database
    ├── Disagreement              4   the two looks of a check at a database disagree
    └── Refused                   3   the tool could go on, and must not without being told to
        ├── Drifted               3   … the database is not the one that was planned for
        ├── NotAllowed            3   … a hazard is not allowed, or nobody confirmed
        └── PreflightFailed       3   … the rows of the database would stop a step

A message says what happened, to which object, and what to do about it.
"""

from __future__ import annotations


class SchemadiffError(Exception):
    """The base of all; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(SchemadiffError):
    """The call itself is wrong."""

    exit_code = 64


class SourceError(SchemadiffError):
    """A source cannot be read."""


class ConnectError(SourceError):
    """The server or the database of a URL cannot be reached, or refuses the role."""


class LoadError(SourceError):
    """A statement of a ``.sql`` source failed.

    ``file`` and ``line`` (1-based) say where the statement starts or, where PostgreSQL gave a
    position, where it points; ``statement`` is its text and ``sqlstate`` PostgreSQL's code.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        line: int = 0,
        statement: str = "",
        sqlstate: str = "",
    ) -> None:
        super().__init__(message)
        self.file = file
        self.line = line
        self.statement = statement
        self.sqlstate = sqlstate


class UnsupportedServer(SourceError):
    """The server is older than the oldest supported major."""


class ScratchError(SchemadiffError):
    """No scratch server can be had, or it failed."""


class PlanError(SchemadiffError):
    """No plan can be made."""


class UnplannedChange(PlanError):
    """A delta that neither engine knows how to write."""


class DependencyCycle(PlanError):
    """Steps that wait for one another, with the path."""


class ProofFailed(PlanError):
    """The plan ran on a scratch database and did not reach its end; carries the difference."""


class PlanFileError(SchemadiffError):
    """A plan file that is damaged, was edited, or has another format version."""


class ApplyError(SchemadiffError):
    """A step failed on the database; says which, and what is left in place."""


class Disagreement(SchemadiffError):
    """The catalogs of a check and pg_dump disagree on whether a database is what it should be; says where."""

    exit_code = 4


class Refused(SchemadiffError):
    """Going on needs a word from the user."""

    exit_code = 3


class Drifted(Refused):
    """The database is not in the state that the plan starts from."""


class PreflightFailed(Refused):
    """Rows of the database are in the way of a step; says which, and how to look at them."""


class NotAllowed(Refused):
    """A hazard that is not allowed, or a change that nobody confirmed."""
