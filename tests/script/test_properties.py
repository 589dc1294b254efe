"""Statements of any tokens, joined and split again, come back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemadiff.errors import LoadError
from schemadiff.script import Statement, parse_script

WORDS = st.sampled_from(
    ["select", "e", "u", "n", "begin", "end", "case", "x1", "ünï", "a$b", "from", "1", "1.5e3"]
)
BODY = st.text(st.sampled_from("a;()\\:$'\"-/*\n é{}%"), max_size=8)


def dollar(body: str) -> str:
    return f"$t${body}$t$".replace("$t$t$", "$t$ $t$") if "$t$" in body else f"$t${body}$t$"


# An operator follows the escape string: a string on the next line would go on with it.
QUOTED = st.one_of(
    BODY.map(lambda body: "'" + body.replace("'", "''") + "'"),
    BODY.map(lambda body: "e'" + body.replace("\\", "\\\\").replace("'", "\\'") + "' ||"),
    BODY.map(lambda body: 'U&"' + body.replace('"', '""') + '"'),
    BODY.map(dollar),
    BODY.map(lambda body: "/*" + body.replace("*", "+").replace("/", "+") + "*/"),
    BODY.map(lambda body: "--" + body.replace("\n", " ") + "\n"),
)
OPERATORS = st.sampled_from(["+", "-", "*", "::", ":=", ",", ".", "=", "<>", "$1", "[", "]"])
TOKENS = st.one_of(WORDS, QUOTED, OPERATORS)
INNER = st.lists(st.one_of(TOKENS, st.just(";")), max_size=4).map(lambda found: "(" + " ".join(found) + ")")
SPACES = st.sampled_from([" ", "\n", " -- ; '\n", " /* ; ' */ ", "\t\r\n"])


@st.composite
def statements(draw: st.DrawFn) -> str:
    """Begins and ends with a word, since comments around a statement are not part of it."""
    inner = draw(st.lists(st.one_of(TOKENS, INNER), max_size=8))
    return draw(SPACES).join(["select", *inner, "x"])


@given(st.lists(statements(), max_size=6), SPACES, SPACES)
def test_join_and_split(written: list[str], before: str, after: str) -> None:
    text = "".join(f"{before}{statement}{after};" for statement in written)
    found = parse_script(text, "t.sql").statements
    assert [statement.text for statement in found] == written
    lines = text.split("\n")
    assert all(lines[statement.line - 1].count("select") for statement in found)


@given(st.text(st.sampled_from("ab1;()\\:$'\"-/*\n éeU&{}?`.=copyfrmstdin "), max_size=60))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    refused: LoadError | None = None
    statements: tuple[Statement, ...] = ()
    try:
        statements = parse_script(text, "t.sql").statements
    except LoadError as error:
        refused = error
    assert refused is None or (refused.file == "t.sql" and 1 <= refused.line <= text.count("\n") + 1)
    assert all(statement.text and statement.text == statement.text.strip() for statement in statements)
