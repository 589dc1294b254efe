"""Catalogs as JSON: snapshots. Same catalog, same bytes.

A snapshot is one JSON object: a head line with the digest of all that follows, then the frame and the edges as pairs of
numbers of facts, then the facts, one line each, as kind, path, the number of the parent, the numbers of what was
inherited, ``local``, and the values in the order of ``model.Attributes``; no secret is in it. It is written and read few
facts at a time: as JSON, all of them take several times the memory of the catalog.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from itertools import batched, chain
from typing import Any, TextIO

from .._edges import HALF, SECOND, Numbered, Packed, turned
from ..errors import SourceError
from ..kinds import kinds
from ..model import Catalog, Id, Row, attribute_names
from ._fingerprint import fingerprint
from ._frame import assembled, facts_of, frame, ids_of
from ._secrets import without_secrets

FORMAT = 7
EDGES, ORDER, FACTS = '"edges":[', '],"order":[', '],"facts":['
"""Where these begin, which are last: in a string, the quotes would have a mark before them."""
END = "]}"
TOGETHER = 2000
"""Facts, or pairs, that are written or read at once."""
AT_ONCE = 1 << 20
"""Characters that are hashed at once."""
BETWEEN = ",\n"
"""What stands between two facts."""


def to_json(catalog: Catalog, made_of: str = "") -> str:
    """The snapshot of a catalog; ``made_of`` is the digest of the files that it was compiled from."""
    return "".join(written(catalog, made_of))


def written(catalog: Catalog, made_of: str = "") -> Iterator[str]:
    """The same in pieces."""
    digest, body = hashlib.sha256(b"{"), list[bytes]()
    for piece in _body(without_secrets(catalog), made_of):
        body.append(piece.encode())
        digest.update(body[-1])
    found = fingerprint(catalog)
    yield f'{{"format":{FORMAT},"fingerprint":"{found}","digest":"{digest.hexdigest()}",\n'
    for each in body:
        yield each.decode()
    yield "\n"


def _body(catalog: Catalog, made_of: str) -> Iterator[str]:
    """What comes after the head, in pieces."""
    rows, facts = catalog.facts.rows, Numbered.of(catalog.facts)
    edges, order, _ = catalog.content(facts)
    said = _dumped({"made_of": made_of, **frame(catalog, facts.numbers)})
    yield f"{said[1:-1]},{EDGES}"
    yield from _pairs_out(edges)
    yield ORDER
    yield from _pairs_out(order)
    yield FACTS
    for n, some in enumerate(batched(facts.ids, TOGETHER)):
        listed = BETWEEN.join(_dumped(_row_out(i, rows[i], facts.numbers)) for i in some)
        yield f"{BETWEEN}{listed}" if n else listed
    yield END


_dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _pairs_out(content: tuple[bytes, bytes]) -> Iterator[str]:
    for n, some in enumerate(batched(array("Q", content[0]), TOGETHER)):
        listed = _dumped([[both >> HALF, both & SECOND] for both in some])
        yield f",{listed[1:-1]}" if n else listed[1:-1]


def from_json(text: str, name: str = "snapshot") -> Catalog:
    """The catalog of a snapshot. Raises SourceError where it is damaged or of another format."""
    return made_of(StringIO(text), name)[0]


def made_of(file: TextIO, name: str = "snapshot", like: Catalog | None = None) -> tuple[Catalog, str]:
    """The catalog of a snapshot in a file, and the digest of the files that it was compiled from. It shares memory with a
    catalog that it is ``like``. Raises as ``from_json``."""
    try:
        _ensure_whole(file, name)
        file.seek(0)
        ids = ids_of(_names(_facts(file)[1]), like)
        file.seek(0)
        said, listed = _facts(file)
        found, edges, order = _framed(said)
        above = array("Q")
        facts = facts_of(zip(ids, _rows(ids, listed, above), strict=True), like)
        links = (Packed(ids, pairs.tobytes(), turned(pairs).tobytes()) for pairs in (edges, order, above))
        return assembled(found, ids, facts, *links), found["made_of"]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise SourceError(
            f"{name}: not a snapshot of schemadiff, or damaged ({error}); make it again"
        ) from None


def _ensure_whole(file: TextIO, name: str) -> None:
    """Raises SourceError for another format, and where the head does not tell of what follows it."""
    first, last = file.readline(), ""
    try:
        head = json.loads(first.removesuffix(",\n") + "}")
    except ValueError:  # perhaps the whole is one line, or many
        head = json.loads(first + file.read())
    if head["format"] != FORMAT:
        raise SourceError(
            f"{name}: snapshot format {head['format']}, this tool reads {FORMAT}; make it again"
        )
    digest = hashlib.sha256(b"{")
    while text := file.read(AT_ONCE):
        digest.update(last.encode())
        last = text
    digest.update(last.removesuffix("\n").encode())
    if digest.hexdigest() != head["digest"]:
        raise SourceError(
            f"{name}: the snapshot was edited by hand; make it again with 'schemadiff snapshot'"
        )


def _facts(file: TextIO) -> tuple[str, Iterator[Any]]:
    """What comes before the facts, and these as they are listed."""
    file.readline()
    said = ""
    for line in file:
        said += line
        if FACTS in line:
            break
    said, _, first = said.partition(FACTS)
    return said, _listed(chain([first], file))


def _listed(lines: Iterable[str]) -> Iterator[Any]:
    """The facts, a line each, of which the last ends what they stand in."""
    for some in batched(lines, TOGETHER):
        text = "".join(some).removesuffix("\n").removesuffix(",").removesuffix(END)
        yield from json.loads(f"[{text}]")


def _framed(said: str) -> tuple[dict[str, Any], array[int], array[int]]:
    """The frame, the edges and the order, of what comes before the facts."""
    start, middle = said.index(EDGES), said.index(ORDER)
    found = json.loads(f"{{{said[:start].removesuffix(',')}}}")
    return found, _pairs_in(said[start + len(EDGES) : middle]), _pairs_in(said[middle + len(ORDER) :])


def _pairs_in(text: str) -> array[int]:
    """Pairs of numbers, each in one."""
    found, place = array("Q"), 0
    while place < len(text):
        end = text.find("],", place + TOGETHER * 10) + 1 or len(text)
        found.extend(a << HALF | b for a, b in json.loads(f"[{text[place:end]}]"))
        place = end + 1
    return found


def _row_out(i: Id, row: Row, ids: Mapping[Id, int]) -> list[Any]:
    (parent, *values), inherited, local, others = row
    numbers = [ids[n] for n in inherited if n in ids]
    return [i.kind, i.path, None if parent is None else ids[parent], numbers, local, *values, *others]


def _names(listed: Iterable[Any]) -> Iterator[Id]:
    """The identities of facts as they are listed; the same name is in memory once."""
    same = dict[str, str]().setdefault
    return (Id(same(row[0], row[0]), tuple([same(name, name) for name in row[1]])) for row in listed)


def _rows(ids: list[Id], listed: Iterable[Any], parents: array[int]) -> Iterator[Row]:
    """Their rows; the same text is in memory once, and so is what is not compared. Adds pairs of the numbers of a fact
    and its parent to ``parents``."""
    text, part = dict[str, str]().setdefault, dict[tuple[Any, ...], tuple[Any, ...]]().setdefault
    for number, (kind, _, parent, inherited, local, *values) in enumerate(listed):
        names = attribute_names(kinds()[kind].fact)
        if len(values) != len(names.compared) + len(names.others):
            raise ValueError(f"{ids[number]} has {len(values)} values")
        made = [text(v, v) if type(v) is str else _frozen(v) for v in values]
        left = tuple(made[len(names.compared) :])
        heir = tuple([ids[n] for n in inherited])
        above = None if parent is None else ids[parent]
        if parent is not None:
            parents.append(number << HALF | parent)
        yield (above, *made[: len(names.compared)]), heir, local, part(left, left)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
