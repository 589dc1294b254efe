"""From the text of ``.sql`` files to a ``Script``, the way psql reads them.

Owns where statements end, variables, conditions, included files, rows of ``COPY`` and directives. Does
not own tokens (``lexer``), arguments of commands (``commands``), nor where files come from (``files``).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace

from schemadiff.errors import LoadError
from schemadiff.script import commands
from schemadiff.script.classify import conforming_strings, copies_from_stdin
from schemadiff.script.directives import spelled
from schemadiff.script.lexer import OPENED_BY, PLAIN, TOKEN, Token, token_end
from schemadiff.script.model import Directive, Ignored, Statement
from schemadiff.script.reader import Outside
from schemadiff.script.session import Branch, Pending, Session, decode

_END_OF_ROWS = re.compile(r"^\\\.\r?$", re.MULTILINE)
MOST_CHARACTERS, MOST_INCLUDES = 1_000_000, 10_000
"""A few lines could else double a text, or the files that are read, until there is no memory left."""
_ROWS_REASON = "rows are not schema, and a schema source reads no files"


def read_file(session: Session, path: str) -> None:
    """Read one file to its end; ``OSError`` where it cannot be read, ``LoadError`` where it makes no sense."""
    content = session.read(path)
    shown = session.reader.show(path)
    session.reading.append(path)
    _File(session, path, shown, decode(content, shown)).parse()
    session.reading.pop()


@dataclass(slots=True)
class _File:
    session: Session
    path: str
    shown: str
    text: str
    position: int = 0
    line: int = 1
    counted: int = 0
    pending: Pending = field(default_factory=Pending)
    notes: list[Directive] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    expanding: list[tuple[str, int]] = field(default_factory=list)
    quit: bool = False

    # ------------------------------------------------------------------ the loop

    def parse(self) -> None:
        """Read all statements of the file into the session."""
        while self.position < len(self.text) and not self.quit:
            if self.pending.plain and (run := PLAIN.match(self.text, self.position)):
                self.position = self.pending.end = run.end()
            else:
                self.token()
        if self.pending.depth and self.active:
            raise self.fail(
                "a parenthesis that opens here is never closed", self.line_at(self.pending.opened)
            )
        if self.pending.bodies and self.active:
            raise self.fail("the BEGIN of the statement that starts here has no END", self.pending.line)
        if self.branches and not self.quit:
            raise self.fail("\\if without \\endif", self.branches[-1].line)
        self.emit()
        self.session.directives += self.notes

    def token(self) -> None:
        opened = TOKEN.match(self.text, self.position)
        assert opened is not None  # the last alternative takes anything
        kind, start = opened.lastgroup or "", opened.start()
        end = token_end(self.text, opened, self.session.conforming)
        if end < 0:
            raise self.fail(f"a {OPENED_BY[kind]} that opens here is never closed", self.line_at(start))
        match kind:
            case "space" | "block":
                self.position = end
            case "comment":
                self.comment(opened[0], start)
                self.position = end
            case "end":
                self.semicolon(end)
            case "forced":
                self.forced(opened[0][1], start)
            case "backslash":
                self.command(start)
            case "variable":
                self.variable(start, end)
            case _:
                self.take(kind, start, end)

    def take(self, kind: str, start: int, end: int) -> None:
        """A token of a statement."""
        pending = self.pending
        if pending.start < 0:
            pending.start, pending.line = start, self.line_at(start)
        self.position = pending.end = end
        if kind in ("word", "quoted"):
            self.word(Token(kind, self.text[start:end], start, end))
        elif kind == "open":
            pending.opened = start if not pending.depth else pending.opened
            pending.depth += 1
        elif kind == "close":
            pending.depth = max(0, pending.depth - 1)

    def word(self, token: Token) -> None:
        """Directives that wait for a name get it; a routine's ``begin atomic … end`` is tracked."""
        self.notes = [note if note.before else replace(note, before=token.name) for note in self.notes]
        pending = self.pending
        if not token.word:
            return
        if len(pending.head) < 4:
            pending.head += (token.word,)
        if not pending.is_routine:
            pending.plain = pending.head[0] != "create" or len(pending.head) == 4
        elif not pending.depth:
            if token.word == "begin" or (token.word == "case" and pending.bodies):
                pending.bodies += 1
            elif token.word == "end" and pending.bodies:
                pending.bodies -= 1

    def semicolon(self, end: int) -> None:
        pending = self.pending
        if pending.depth or pending.bodies:
            self.position = pending.end = end
            return
        self.position = end
        self.emit()

    def forced(self, char: str, start: int) -> None:
        """``\\;`` and ``\\:`` stand for the character, without its meaning to psql."""
        self.splice(start, start + 2, char)
        self.take("other", start, start + 1)
        self.pending.compound = self.pending.compound or char == ";"
        if char == ";":
            self.pending.head, self.pending.plain = (), False

    # ------------------------------------------------------------------ statements

    def emit(self) -> None:
        """End the pending statement, if there is one."""
        pending, self.pending = self.pending, Pending()
        if pending.start < 0 or not self.active:
            return
        text = self.text[pending.start : pending.end].rstrip(" \t\n\r\f\v")
        rows = self.rows() if copies_from_stdin(text) else None
        index = len(self.session.statements)
        self.session.statements.append(Statement(text, self.shown, pending.line, rows, pending.compound))
        self.session.conforming = conforming_strings(text, self.session.conforming)
        self.session.directives += [
            replace(note, statement=index, offset=None if note.offset is None else note.line - pending.line)
            for note in self.notes
        ]
        self.notes = []

    def comment(self, text: str, start: int) -> None:
        said = spelled(text[2:].strip())
        if said is None or not self.active:
            return
        inside = 0 if self.pending.start >= 0 else None
        trailing = bool(self.text[self.text.rfind("\n", 0, start) + 1 : start].strip())
        note = Directive(said, self.shown, self.line_at(start), offset=inside, trailing=trailing)
        if trailing and inside is None and self.session.statements:
            last = len(self.session.statements) - 1
            self.session.directives.append(replace(note, statement=last))
        else:
            self.notes.append(note)
            self.pending.plain = False

    def rows(self) -> str:
        """Take the rows that start on the next line out of the text."""
        first = self.text.find("\n", self.position) + 1
        if not first:
            return ""
        mark = _END_OF_ROWS.search(self.text, first)
        last, after = (mark.start(), mark.end()) if mark else (len(self.text), len(self.text))
        rows = self.text[first:last]
        if self.text[self.position : first].isspace():
            self.position = after
        else:
            self.line += self.text.count("\n", first, after)
            self.text = self.text[:first] + self.text[after:].removeprefix("\n")
        return rows

    # ------------------------------------------------------------------ variables

    def lookup(self, name: str) -> str | None:
        """The value of a variable; none inside its own value."""
        left = len(self.text) - self.position
        self.expanding = [(each, tail) for each, tail in self.expanding if left > tail]
        if any(each == name for each, _ in self.expanding):
            return None
        return self.session.variables.get(name)

    def variable(self, start: int, end: int) -> None:
        found = commands.reference(self.text, start, self.lookup) if self.active else None
        if found is None:
            self.take("other", start, end)
            return
        value, written = found[0], self.text[start:end]
        self.line_at(start)
        self.splice(start, end, value)
        self.line -= value.count("\n")
        if written[1] in "'\"{":
            self.take("other", start, start + len(value))
        else:  # the value is read like text of the file
            self.expanding.append((written[1:], len(self.text) - start - len(value)))

    def end_of_line(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def splice(self, start: int, end: int, value: str) -> None:
        self.text = self.text[:start] + value + self.text[end:]

    def line_at(self, position: int) -> int:
        """The line of a position; positions are asked for in rising order, an earlier one is counted back."""
        if position < self.counted:
            return self.line - self.text.count("\n", position, self.counted)
        self.line += self.text.count("\n", self.counted, position)
        self.counted = position
        return self.line

    def fail(self, message: str, line: int = 0) -> LoadError:
        line = line or self.line_at(self.position)
        return LoadError(f"{self.shown}:{line}: {message}", file=self.shown, line=line)

    # ------------------------------------------------------------------ backslash commands

    @property
    def active(self) -> bool:
        return all(branch.active for branch in self.branches)

    def command(self, start: int) -> None:
        match = commands.NAME.match(self.text, start + 1)
        name, behind = (match[0], match.end()) if match else ("", start + 1)
        if name in ("if", "elif", "else", "endif"):
            self.condition(name, start, behind)
        elif not self.active:
            whole = name in ("copy", "!")
            self.position = self.end_of_line(behind) if whole else commands.skip(self.text, behind)
        elif name == "copy":
            self.cut(start, self.copy(start))
        else:
            self.position = behind
            found, end = commands.arguments(
                self.text, behind, self.lookup, lambda said: self.fail(f"\\{name} {said}")
            )
            self.cut(start, end)
            self.run(name, found)

    def cut(self, start: int, end: int) -> None:
        """Go on behind a command, and take it out of a statement that it stands in."""
        self.position = end
        if self.pending.start >= 0:
            self.line_at(start)
            self.splice(start, end, " ")
            self.position = start + 1

    def run(self, name: str, found: list[str]) -> None:
        if name in ("i", "include", "ir", "include_relative"):
            self.include(name, found)
        elif name == "set":
            self.set(found)
        elif name == "unset":
            self.session.variables.pop("".join(found[:1]), None)
        elif name in ("c", "connect"):
            said = " ".join(["\\" + name, *found])
            self.ignore(said, "everything is loaded into one scratch database")
        elif name in ("q", "quit"):
            self.quit = True
        elif name in ("r", "reset"):
            self.pending = Pending()
        elif name in ("g", "gx") and not found:
            self.emit()
        elif name in commands.OUTSIDE or name in ("g", "gx"):
            raise self.fail(
                f"\\{name} is refused: a schema source has no access to the shell, to files, to the "
                "environment or to a terminal; take the line out"
            )
        elif name in commands.UNSUPPORTED:
            raise self.fail(f"\\{name} is not supported in a schema source; write out what it would run")
        elif not commands.shows(name):
            raise self.fail(f"\\{name} is no command of psql that a schema source can hold")

    def ignore(self, said: str, reason: str) -> None:
        self.session.ignored.append(Ignored(said, self.shown, self.line_at(self.position), reason))

    def set(self, found: list[str]) -> None:
        if not found:
            return
        if not commands.VARIABLE.fullmatch(found[0]):
            raise self.fail(f"\\set: {found[0]!r} is no name of a variable; use letters, digits and _")
        value = "".join(found[1:])
        if len(value) > MOST_CHARACTERS:
            raise self.fail(f"\\set {found[0]}: a variable may hold {MOST_CHARACTERS:,} characters here")
        self.session.variables[found[0]] = value

    def copy(self, start: int) -> int:
        """``\\copy``: the line is ignored, and so are the rows that follow a ``from stdin``."""
        end = self.end_of_line(start)
        said = self.text[start:end].strip()
        self.position = end
        self.ignore(said, _ROWS_REASON)
        if copies_from_stdin(said[1:].rstrip("; \t")):
            self.rows()
            return self.position
        return end

    def include(self, name: str, found: list[str]) -> None:
        """``\\ir`` is relative to this file; ``\\i`` to the working directory, else to this file."""
        if not found or not (asked := found[0].rstrip(";").strip('"')):
            raise self.fail(f"\\{name} names no file")
        self.session.included += 1
        if self.session.included > MOST_INCLUDES:
            raise self.fail(f"\\{name} {asked}: more than {MOST_INCLUDES:,} files are included")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), asked))
        tried = [beside] if name in ("ir", "include_relative") else [posixpath.normpath(asked), beside]
        outside = ""
        for path in dict.fromkeys(tried):
            if path in self.session.reading:
                way = " → ".join(map(self.session.reader.show, [*self.session.reading, path]))
                raise self.fail(f"\\{name} {asked}: the file includes itself: {way}")
            try:
                read_file(self.session, path)
                return
            except FileNotFoundError as error:
                outside = f" ({error.strerror})" if isinstance(error, Outside) else outside
            except OSError as error:
                raise self.fail(f"\\{name} {asked}: {error.strerror or error}") from None
        said = f"there is no such file; looked for {' and '.join(tried)}{outside}"
        raise self.fail(f"\\{name} {asked}: {said}")

    # ------------------------------------------------------------------ conditions

    def condition(self, name: str, start: int, behind: int) -> None:
        """``\\if`` and its family; what stands in a branch that does not count is taken out again."""
        line = self.line_at(start)
        if name == "if":
            self.branches.append(Branch(line, self.active, not self.active, self.pending, start))
        elif not self.branches:
            raise self.fail(f"\\{name} without \\if", line)
        elif self.branches[-1].last and name != "endif":
            raise self.fail(f"\\{name} after \\else", line)
        else:
            moved = self.leave(start) - start
            start, behind = start + moved, behind + moved
        branch = self.branches[-1]
        branch.last = name == "else"
        counts = name != "endif" and not branch.taken
        if counts and name != "else":
            counts, end = self.holds(name, behind)
        else:
            end = commands.skip(self.text, behind)
        self.cut(start, end)
        branch.active, branch.taken = counts, branch.taken or counts
        branch.before, branch.mark = replace(self.pending), self.position
        if name == "endif":
            self.branches.pop()

    def holds(self, name: str, behind: int) -> tuple[bool, int]:
        found, end = commands.arguments(
            self.text, behind, self.lookup, lambda said: self.fail(f"\\{name} {said}")
        )
        value = commands.boolean(" ".join(found))
        if value is None:
            said = " ".join(found) or "nothing"
            raise self.fail(f"\\{name} needs true or false, on or off, 1 or 0, and got {said}")
        return value, end

    def leave(self, start: int) -> int:
        """Undo the branch that ends at ``start`` unless it counts; its line breaks stay. The new start."""
        branch = self.branches[-1]
        if self.active:
            return start
        if branch.before.start < 0:
            self.pending = Pending()
            return start
        self.pending = replace(branch.before)
        breaks = self.text.count("\n", branch.mark, start)
        self.splice(branch.mark, start, "\n" * breaks)
        self.counted = branch.mark + breaks
        return self.counted
