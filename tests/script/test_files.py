"""Where scripts come from: files, folders, revisions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from schemadiff.errors import LoadError, SourceError
from schemadiff.script import Script, read_git, read_script


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".sql")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def texts(script: Script) -> list[str]:
    return [statement.text for statement in script.statements]


def test_a_file_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, schema__a="\\ir parts/b.sql\na;", schema__parts__b="b;")
    monkeypatch.chdir(tmp_path)
    script = read_script("schema/a.sql")
    assert [(s.text, s.file) for s in script.statements] == [
        ("b", "schema/parts/b.sql"),
        ("a", "schema/a.sql"),
    ]
    assert [name for name, _ in script.files] == ["a.sql", "parts/b.sql"]


def test_the_same_files_elsewhere_have_the_same_digest(tmp_path: Path) -> None:
    for place in ("one", "two"):
        write(tmp_path / place, a="\\ir parts/b.sql\na;", parts__b="b;")
    one, two = (read_script(tmp_path / place / "a.sql") for place in ("one", "two"))
    assert one.digest() == two.digest()
    assert read_script(tmp_path / "one").digest() == read_script(tmp_path / "two").digest()


def test_a_folder_in_natural_order(tmp_path: Path) -> None:
    write(
        tmp_path, **{"10": "ten", "2": "two", "1__20": "c", "1__3": "b", "sub__x": "x", "b10": "e", "b9": "d"}
    )
    write(tmp_path, **{".hidden": "no", ".folder__a": "no"})
    (tmp_path / "notes.txt").write_text("no")
    assert texts(read_script(tmp_path)) == ["b", "c", "two", "ten", "d", "e", "x"]


def test_variables_last_from_file_to_file_and_statements_do_not(tmp_path: Path) -> None:
    write(tmp_path, a="\\set v 1\nselect", b="select :v")
    assert texts(read_script(tmp_path)) == ["select", "select 1"]


def test_include_is_relative_to_the_working_directory_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, sub__a="\\i b.sql", sub__b="beside;", b="here;")
    monkeypatch.chdir(tmp_path)
    assert texts(read_script("sub/a.sql")) == ["here"]
    (tmp_path / "b.sql").unlink()
    assert texts(read_script("sub/a.sql")) == ["beside"]


def test_an_empty_folder_and_an_empty_file(tmp_path: Path) -> None:
    assert read_script(tmp_path).statements == ()
    write(tmp_path, a="")
    assert read_script(tmp_path / "a.sql").statements == ()


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.sql: there is no such file"):
        read_script(tmp_path / "nowhere.sql")


def test_a_folder_cannot_be_included(tmp_path: Path) -> None:
    write(tmp_path, a="x;\n\\ir sub", sub__b="b")
    with pytest.raises(LoadError, match=r"a\.sql:2: .*irectory"):
        read_script(tmp_path / "a.sql")


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [(b"x;\n-- caf\xe9\n", 2, "UTF-8"), ("x".encode("utf-16"), 1, "UTF-8"), (b"x;\n\n\0", 3, "NUL")],
)
def test_encodings(tmp_path: Path, content: bytes, line: int, said: str) -> None:
    (tmp_path / "a.sql").write_bytes(content)
    with pytest.raises(LoadError, match=said) as caught:
        read_script(tmp_path / "a.sql")
    assert caught.value.line == line


def test_line_ends_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_bytes(b"\xef\xbb\xbfselect $$a\r\nb$$;\r\n")
    assert texts(read_script(tmp_path / "a.sql")) == ["select $$a\r\nb$$"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write(tmp_path, schema__a="\\ir parts/b.sql\na;", schema__parts__b="b;", d__10="ten", d__2="two")
    write(tmp_path, bad="\\i nowhere.sql", **{"d__.hidden": "no"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    git(tmp_path, *who, "commit", "-q", "-m", "first")
    write(tmp_path, schema__a="changed;", schema__parts__b="changed;", d__2="changed;")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)


def test_a_revision_gives_its_own_files(repository: Path) -> None:
    script = read_git("HEAD", "schema/a.sql", repository)
    assert [(s.text, s.file) for s in script.statements] == [
        ("b", "git:HEAD:schema/parts/b.sql"),
        ("a", "git:HEAD:schema/a.sql"),
    ]
    assert [name for name, _ in script.files] == ["a.sql", "parts/b.sql"]
    assert texts(read_git("HEAD", "d", repository)) == ["two", "ten"]
    assert texts(read_git("HEAD", "./d", repository)) == ["two", "ten"]
    assert texts(read_git("HEAD", "./a.sql", repository / "schema")) == ["b", "a"]


def test_a_revision_and_the_file_that_it_was_have_the_same_digest(repository: Path) -> None:
    then = read_git("HEAD", "schema/a.sql", repository)
    git(repository, "checkout", "-q", "--", ".")
    assert read_script(repository / "schema" / "a.sql").digest() == then.digest()
    assert read_script(repository / "d").digest() == read_git("HEAD", "d", repository).digest()


@pytest.mark.parametrize(
    ("rev", "path", "said"),
    [
        ("nope", "schema/a.sql", "git:nope:schema/a.sql"),
        ("HEAD", "nope.sql", "has no nope.sql"),
        ("HEAD", "../x.sql", "has no"),
        ("--output=x", "schema/a.sql", "is no revision"),
        ("", "schema/a.sql", "is no revision"),
    ],
)
def test_a_revision_that_is_not_there(repository: Path, rev: str, path: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_git(rev, path, repository)


def test_a_file_that_a_revision_lacks_is_not_taken_from_the_disk(repository: Path) -> None:
    write(repository, nowhere="x")
    with pytest.raises(LoadError, match=r"git:HEAD:bad\.sql:1: .*no such file"):
        read_git("HEAD", "bad.sql", repository)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"git:HEAD:a\.sql"):
        read_git("HEAD", "a.sql", tmp_path)
