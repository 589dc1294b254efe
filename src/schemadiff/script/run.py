"""Running a script on a scratch database, as ``psql -f`` with ``ON_ERROR_STOP`` would.

Statements are sent many at once, as one string in the simple query protocol, which PostgreSQL runs in one
implicit transaction ("Multiple Statements in a Simple Query" in the manual): a failure leaves nothing
behind, and the batch is run again one by one, so that an error names its statement. Owns the sending and
the roles that are asked for. Does not own what a statement is (``classify``) and wording (``failure``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import psycopg
from psycopg.pq import TransactionStatus

from schemadiff._contention import changed_meanwhile
from schemadiff.errors import LoadError
from schemadiff.script.classify import Handling, Way, client_encoding, handling, of_database
from schemadiff.script.failure import (
    failure,
    is_dispensable,
    lost,
    missing_role,
    missing_tablespace,
    quotable,
)
from schemadiff.script.labels import stood_in
from schemadiff.script.made import Watch, there
from schemadiff.script.model import Ignored, LoadReport, Made, Script, Statement
from schemadiff.sqltext import ident

_BATCH = 200  # statements; they hold their locks together, of which a server has some 6,400 by default
_BATCH_SIZE = 1_000_000  # characters
_SAVEPOINT = "schemadiff_load"


def run_script(
    script: Script,
    connection: psycopg.Connection,
    *,
    on_missing_role: Callable[[str], None],
    on_missing_tablespace: Callable[[str], None] | None = None,
    catalogs: Collection[str] = (),
) -> LoadReport:
    """Run a script on the database that the connection is to; it is put into autocommit.

    ``on_missing_role`` is called with a role's name and sees to it that the role exists: it may exist
    already, and better be created through another connection, since the script may have changed this one's
    role. ``on_missing_tablespace`` does the same for tablespaces; without it a statement that needs one that is
    not there fails. The session's settings are the script's afterwards. Of statements with a directive the report says
    what they made in some ``catalogs``. ``LoadError`` for the first statement that fails, and where a
    transaction is left open at the end.
    """
    connection.autocommit = True
    connection.execute("set client_encoding to 'UTF8'")
    loader = _Loader(connection, on_missing_role, on_missing_tablespace, list(script.ignored))
    start = 0
    made: dict[int, frozenset[Made]] = {}
    for watched in sorted({d.statement for d in script.directives if d.statement is not None}):
        loader.run_all(script.statements[start:watched])
        before = there(connection, catalogs)
        loader.run_all(script.statements[watched : watched + 1])
        made[watched], start = there(connection, catalogs) - before, watched + 1
    loader.run_all(script.statements[start:])
    loader.finish()
    return LoadReport(loader.executed, loader.rows, tuple(loader.ignored), tuple(loader.roles), made)


def watch_script(
    script: Script,
    connection: psycopg.Connection,
    *,
    on_missing_role: Callable[[str], None],
    on_missing_tablespace: Callable[[str], None] | None = None,
    catalogs: Collection[str] = (),
) -> LoadReport:
    """The same, one statement after the other; of every statement the report says what it made. Takes a few times as
    long. What nobody but a superuser may see in the catalogs is made by nobody."""
    connection.autocommit = True
    connection.execute("set client_encoding to 'UTF8'")
    loader = _Loader(connection, on_missing_role, on_missing_tablespace, list(script.ignored))
    watch = Watch.of(connection, catalogs)
    made: dict[int, frozenset[Made]] = {}
    for number, statement in enumerate(script.statements):
        how = handling(statement.text, statement.compound)
        loader.run((how, [statement]))
        if how.way in (Way.TOGETHER, Way.ALONE):  # a look may not stand before SET TRANSACTION
            made[number] = watch.look()
    loader.finish()
    return LoadReport(loader.executed, loader.rows, tuple(loader.ignored), tuple(loader.roles), made)


_Batch = tuple[Handling, list[Statement]]


def _batches(statements: Sequence[Statement]) -> Iterator[_Batch]:
    """Neighbours that may run together, and each other statement alone, in order."""
    together: _Batch | None = None
    size = 0
    for statement in statements:
        how = handling(statement.text, statement.compound)
        full = together and (len(together[1]) >= _BATCH or size >= _BATCH_SIZE)
        if together and (full or how.way is not Way.TOGETHER):
            yield together
            together = None
        if how.way is not Way.TOGETHER:
            yield how, [statement]
        elif together:
            together[1].append(statement)
            size += len(statement.text)
        else:
            together, size = (how, [statement]), len(statement.text)
    if together:
        yield together


@dataclass(slots=True)
class _Loader:
    connection: psycopg.Connection
    on_missing_role: Callable[[str], None]
    on_missing_tablespace: Callable[[str], None] | None
    ignored: list[Ignored]
    executed: int = 0
    rows: int = 0
    roles: dict[str, None] = field(default_factory=dict)
    tablespaces: set[str] = field(default_factory=set)
    opened: Statement | None = None

    def run_all(self, statements: Sequence[Statement]) -> None:
        for batch in _batches(statements):
            self.run(batch)

    def run(self, batch: _Batch) -> None:
        how, statements = batch
        first = statements[0]
        match how.way:
            case Way.IGNORED:
                self.rows += (first.copy_data or "").count("\n")
                self.ignore(first, how.reason)
            case Way.REFUSED:
                raise LoadError(
                    f"{first.file}:{first.line}: {how.reason}",
                    file=first.file,
                    line=first.line,
                    statement=first.text,
                )
            case Way.ROLE:
                self.role(how.name, first, None)
                if how.reason:
                    self.ignore(first, how.reason)
            case Way.HERE:
                name = ident(self.connection.info.dbname)
                self.alone(replace(first, text=of_database(first.text, name)), how.way)
            case Way.TOGETHER if len(statements) > 1:
                self.together(statements)
            case _:
                self.alone(first, how.way)
                if how.reason:
                    self.ignore(first, how.reason)

    def together(self, statements: list[Statement]) -> None:
        text = "\n;\n".join(each.text for each in statements if not client_encoding(each.text))
        while True:
            try:
                self.send(text, guarded=self.in_transaction)
            except psycopg.Error as error:
                if self.connection.closed:
                    raise lost(statements, error) from error
                if not self.supplied(statements[0], error):
                    break
                continue
            self.executed += len(statements)
            return
        for statement in statements:
            self.alone(statement, Way.TOGETHER)

    def alone(self, statement: Statement, way: Way) -> None:
        if encoding := client_encoding(statement.text):
            if encoding not in ("utf8", "utf-8", "unicode"):
                self.ignore(statement, "a schema source is UTF-8")
            return
        was_open = self.in_transaction
        while True:
            try:
                self.send(statement.text, guarded=was_open and way is not Way.CONTROL)
            except psycopg.Error as error:
                if self.supplied(statement, error) or changed_meanwhile(error):
                    continue
                if stood_in(self.connection, statement.text, error):
                    break
                if is_dispensable(statement, error):
                    self.ignore(statement, error.diag.message_primary or "")
                    return
                raise failure(statement, error) from quotable(statement, error)
            break
        self.executed += 1
        if self.in_transaction and not was_open:
            self.opened = statement

    def send(self, text: str, *, guarded: bool) -> None:
        """Send a text as it is; ``guarded``, it leaves an open transaction usable where it fails."""
        if not guarded:
            self.connection.execute(text.encode(), prepare=False)
            return
        self.connection.execute(f"savepoint {_SAVEPOINT}".encode())
        try:
            self.connection.execute(text.encode(), prepare=False)
        except psycopg.Error:
            if not self.connection.broken:
                self.connection.execute(f"rollback to savepoint {_SAVEPOINT}".encode())
                self.connection.execute(f"release savepoint {_SAVEPOINT}".encode())
            raise
        self.connection.execute(f"release savepoint {_SAVEPOINT}".encode())

    @property
    def in_transaction(self) -> bool:
        return self.connection.info.transaction_status is not TransactionStatus.IDLE

    def supplied(self, statement: Statement, error: psycopg.Error) -> bool:
        """Whether what a statement failed for the lack of is there now. What was asked for already, and yet is
        missing, is not asked for again: that would never end."""
        if (name := missing_role(error)) and name not in self.roles:
            self.role(name, statement, error)
            return True
        name = missing_tablespace(error)
        if not name or name in self.tablespaces or self.on_missing_tablespace is None:
            return False
        self.tablespaces.add(name)
        self.on_missing_tablespace(name)
        return True

    def role(self, name: str, statement: Statement, error: psycopg.Error | None) -> None:
        if name in self.roles:
            return
        self.roles[name] = None
        try:
            self.on_missing_role(name)
        except psycopg.Error as refused:
            raise failure(statement, error or refused) from quotable(statement, refused)

    def ignore(self, statement: Statement, reason: str) -> None:
        self.ignored.append(Ignored(statement.text, statement.file, statement.line, reason))

    def finish(self) -> None:
        """A transaction that is left open would be rolled back: nothing of it would be in the database."""
        if not self.in_transaction:
            return
        self.connection.rollback()
        opened = self.opened
        file, line = (opened.file, opened.line) if opened else ("", 0)
        raise LoadError(
            f"{file}:{line}: the transaction that begins here is never committed; end it with COMMIT",
            file=file,
            line=line,
            statement=opened.text if opened else "",
        )
