"""Reports in Markdown, for the comment on a pull request: the summary first, the rest folded away, all of it within what
a comment of GitHub holds. What does not fit is cut at a line, with a word about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from .._plan import LOSSLESS
from ..lint import Finding
from ..sqltext import one_line, visible
from . import words
from ._report import CHECK, SIGNS, Attribute, Migration, Object, Report, Step, by_transaction, tree
from ._review import LINT, Review
from .describe import Entry, cut, value, whole
from .marks import unified

LONGEST = 65_536
"""Characters of a comment on GitHub."""
MEANT = str.maketrans(
    {mark: "\\" + mark for mark in "\\`*_~[]|#!"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@<!-- -->"}
)
"""What Markdown, or GitHub, would take for more than text."""
NONE = "The database is what the target says."
CUT = "Cut here: a comment holds no more."
LEVELS = {"error": "❌", "warning": "⚠️", "note": "💡"}
MARKS = {"+": "+", "-": "-", "~": "!"}
"""How a fence of the language diff marks what is new, gone and changed."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that may be cut; with ``title`` folded away, with ``language`` as code."""

    lines: tuple[str, ...]
    title: str = ""
    language: str = ""

    def text(self, most: int) -> str:
        """The block in at most so many characters, nothing where not even its frame fits."""
        head, tail = self._frame()
        room = most - len(head) - len(tail)
        if room >= self._size:
            return head + "".join(f"{line}\n" for line in self.lines) + tail
        room -= len(CUT) + 2
        kept = list(_kept(self.lines, room))
        after = f"\n{CUT}\n"
        closed = tail.replace("\n</details>", f"{after}\n</details>") if self.title else tail + after
        return head + "".join(f"{line}\n" for line in kept) + closed if kept else ""

    @property
    def size(self) -> int:
        """The characters that it takes uncut."""
        return self._size + sum(map(len, self._frame()))

    @property
    def _size(self) -> int:
        return sum(len(line) + 1 for line in self.lines)

    def _frame(self) -> tuple[str, str]:
        fence = "`" * max(3, 1 + _longest_run("`", self.lines))
        opened, closed = (f"{fence}{self.language}\n", f"{fence}\n") if self.language else ("", "")
        if not self.title:
            return f"\n{opened}", closed
        return f"\n<details><summary>{self.title}</summary>\n\n{opened}", f"{closed}\n</details>\n"


def reports(found: Sequence[Report]) -> str:
    """What one run found, of one database or several, in at most LONGEST characters."""
    return _page([block for report in found for block in _blocks(report)])


def linted(found: Review) -> str:
    """What ``lint`` found, in at most LONGEST characters."""
    return _page(list(_review(found)))


def _page(found: Sequence[Block]) -> str:
    blocks = [block for block in found if block.lines]
    return "".join(block.text(most) for block, most in zip(blocks, _shares(blocks), strict=True)).lstrip("\n")


def _shares(blocks: Sequence[Block]) -> list[int]:
    """How many characters each block may take: all that it wants where there is room, else as much as the others."""
    left = LONGEST
    found: dict[int, int] = {}
    for count, n in enumerate(sorted(range(len(blocks)), key=lambda n: blocks[n].size)):
        found[n] = min(blocks[n].size, left // (len(blocks) - count))
        left -= found[n]
    return [found[n] for n in range(len(blocks))]


def _kept(lines: Sequence[str], room: int) -> Iterator[str]:
    """The first lines that fit."""
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return
        yield line


def _longest_run(mark: str, lines: Sequence[str]) -> int:
    runs = (sum(1 for _ in run) for line in lines for found, run in groupby(line) if found == mark)
    return max(runs, default=0)


def _blocks(found: Report) -> Iterator[Block]:
    yield Block((f"### schemadiff {found.run}: {_cell(found.origin)} → {_cell(found.target)}",))
    if found.in_sync:
        yield Block((NONE,))
    else:
        yield Block(tuple(_tallies(found)))
        yield Block(tuple(_facts(found)))
        yield Block(tuple(chain.from_iterable(map(_entry, tree(found.objects)))), _changes(found), "diff")
    if found.migration and found.migration.forward:
        for title, steps in (("Forward", found.migration.forward), ("Reverse", found.migration.reverse)):
            yield Block(tuple(_sql(steps)), f"{title}: {words.counted(len(steps), 'step')}", "sql")
    yield from _notes(found)


def _review(found: Review) -> Iterator[Block]:
    yield Block((f"### schemadiff {LINT}: {_cell(found.origin)}",))
    counts = ", ".join(words.counted(number, level) for level, number in found.counts)
    yield Block((f"{LEVELS[found.counts[0][0]]} {counts}" if counts else "✅ Nothing found.",))
    for level, rule, findings in found.groups:
        lines = tuple(line for f in findings for line in _finding(f, found))
        yield Block(lines, f"{LEVELS[level]} {rule}: {words.counted(len(findings), level)}")
    if found.linted.ignored:
        lines = tuple(
            f"- {_cell(words.name(f.id))} {f.rule}: {_plain(i.reason)}" for f, i in found.linted.ignored
        )
        yield Block(lines, f"Ignored with a reason: {len(lines)}")
    if found.linted.known:
        yield Block((f"{words.counted(found.linted.known, 'finding')} that --from has too.",))
    yield Block(tuple(f"- {_plain(said)}" for said in found.remarks))


def _finding(f: Finding, found: Review) -> Iterator[str]:
    at = found.location(f)
    place = f" {_cell(f'{at.file}:{at.line}')}" if at else ""
    yield f"- {_cell(words.name(f.id))}{place}: {_plain(f.message)}. {_plain(f.fix[:1].upper() + f.fix[1:])}."


def _notes(found: Report) -> Iterator[Block]:
    if found.unmodelled:
        counts = words.numbers((what, len(names)) for what, names in found.unmodelled)
        yield Block((f"Not compared: {_plain(counts)}.",))
    if found.left_out:
        yield Block((f"Left out by the scope: {_plain(words.numbers(found.left_out))}.",))
    yield from (Block((f"Note: {_plain(note)}.",)) for note in found.notes)


def _tallies(found: Report) -> Iterator[str]:
    heads = [what for what, _ in found.tallies[0].numbers] if found.tallies else []
    yield f"| | {' | '.join(heads)} |"
    yield f"| --- | {' | '.join('---:' for _ in heads)} |"
    for t in found.tallies:
        if any(n for what, n in t.numbers if what != "matching"):
            yield f"| {t.title} | {' | '.join(str(n or '') for _, n in t.numbers)} |"


def _changes(found: Report) -> str:
    return f"{'Drift' if found.run == CHECK else 'Changes'}: {words.counted(len(found.objects), 'object')}"


def _facts(found: Report) -> Iterator[str]:
    yield from (f"- {_plain(hint)}?" for hint in found.hints)
    if found.migration:
        yield from _of_plan(found.migration)


def _of_plan(found: Migration) -> Iterator[str]:
    yield f"- {'✅' if found.proof else '⚠️'} **Proof:** {found.verdict}"
    yield f"- {'⚠️' if found.deletes else '✅'} **Forward** deletes {_plain(found.deletes) or 'nothing'}"
    yield f"- {'✅' if found.restores == LOSSLESS else '⚠️'} **Reverse** {_plain(found.grade)}"
    hazards = ", ".join(f"`{name}`" for name in found.hazards)
    yield f"- **Hazards:** {hazards or 'none'}"
    for step in found.forward:
        for text, _ in step.effects:
            yield f"  - {_plain(text)}"
    if found.asked:
        yield f"- {'⚠️' if found.findings else '✅'} **Preflight:** {found.asked}"
    for number, said, look in found.findings:
        yield f"  - step {number}: {_plain(said)}; look: {_cell(look)}"


def _sql(steps: Sequence[Step]) -> Iterator[str]:
    for number, (transaction, group) in enumerate(by_transaction(steps)):
        lines = [line for s in group for line in visible(f"{s.sql};").split("\n")]
        yield from [""] if number else []
        yield from ["begin;", *lines, "commit;"] if transaction else lines


def _entry(entry: Entry[Object], depth: int = 0) -> Iterator[str]:
    found = entry.object
    mark, indent = MARKS[SIGNS[found.what]], "  " * depth
    if mark == "!":
        yield f"! {(found.said and one_line(found.said)) or found.name}"
        yield from chain.from_iterable(map(_attribute, found.attributes))
        return
    said = cut(whole(found.there))
    yield f"{mark} {indent}{found.name}{said and f'  {said}'}"
    for below in entry.below:
        yield from _entry(below, depth + 1)


def _attribute(found: Attribute) -> Iterator[str]:
    yield f"    {found.name.replace('_', ' ')}"
    for line in unified(value(found.before), value(found.after)):
        yield f"{line[:1]}     {line[1:]}"


def _cell(text: str) -> str:
    """A text as code within a line."""
    return "`" + one_line(text).replace("`", "'") + "`"


def _plain(text: str) -> str:
    """A text that says nothing but itself: no markup, no HTML, no link and nobody's name to call."""
    return one_line(text).translate(MEANT).replace("://", ":<!-- -->//")
