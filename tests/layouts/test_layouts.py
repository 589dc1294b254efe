"""Plans in the layouts of other tools, run as these do: both directions end where pg_dump says they must."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import tools
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff.errors import SourceError, UsageError
from schemadiff.report.layouts import LAYOUTS, Written
from schemadiff.report.layouts._written import versions
from schemadiff.report.layouts.alembic import _literal
from schemadiff.scratch import ScratchServer

NOW = datetime(2026, 3, 4, 5, 6, 58, tzinfo=UTC)
type Run = Callable[[Path, str, str], None]
RUN: dict[str, Run] = {
    "alembic": tools.alembic,
    "dbmate": tools.dbmate,
    "golang-migrate": tools.golang_migrate,
    "flyway": tools.flyway,
}
HERE = Path(__file__).parent
OLD, NEW = ((HERE / name).read_text() for name in ("old.sql", "new.sql"))


@pytest.fixture(params=["online", "simple"])
def plan(request: pytest.FixtureRequest, database: str, programs: Programs) -> Plan:
    programs.psql(database, OLD)
    return schemadiff.plan(database, str(HERE / "new.sql"), strategy=request.param)


@pytest.mark.parametrize("tool", RUN)
def test_there_and_back(
    tool: str, plan: Plan, database: str, server: ScratchServer, programs: Programs, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    place = folder / "versions" if tool == "alembic" else folder
    written(place, LAYOUTS[tool](plan, "add video", {}, NOW))
    there_and_back(folder, plan, database, server, programs, RUN[tool])


def test_what_alembic_writes_offline(
    plan: Plan, database: str, server: ScratchServer, programs: Programs, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    written(folder / "versions", LAYOUTS["alembic"](plan, "add video", {}, NOW))

    def run(folder: Path, url: str, way: str) -> None:
        tools.alembic_offline(folder, url, way, programs)

    there_and_back(folder, plan, database, server, programs, run)


def there_and_back(
    folder: Path, plan: Plan, database: str, server: ScratchServer, programs: Programs, run: Run
) -> None:
    before = entries(programs.dump(database))
    run(folder, database, "up")
    with server.database() as wanted:
        programs.psql(wanted, NEW)
        assert told(database, programs) == told(wanted, programs)
    run(folder, database, "down")
    assert entries(programs.dump(database)) == before
    assert programs.rows(database, "select id, title from app.course") == [["1", "Weaving"]]


def told(url: str, programs: Programs) -> list[str]:
    """pg_dump's entries without the tools' own tables."""
    own = [f"--exclude-table=public.{name}" for name in ("schema_migrations", "alembic_version")]
    return entries(programs.dump(url, *own))


def written(folder: Path, files: tuple[Written, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in files:
        (folder / each.name).write_bytes(each.text.encode())


def names(tool: str, plan: Plan, there: dict[str, str]) -> list[str]:
    return [each.name for each in LAYOUTS[tool](plan, "Add video!", there, NOW)]


@pytest.fixture(scope="module")
def small(server: ScratchServer, programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    target = tmp_path_factory.mktemp("small") / "new.sql"
    target.write_text("create table t (a integer); create table u (b integer);")
    with server.database() as url:
        programs.psql(url, "create table t (a integer)")
        return schemadiff.plan(url, str(target))


def test_names(small: Plan) -> None:
    assert names("dbmate", small, {}) == ["20260304050658_Add_video.sql"]
    assert names("golang-migrate", small, {}) == [
        "20260304050658_Add_video.up.sql",
        "20260304050658_Add_video.down.sql",
    ]
    assert names("flyway", small, {}) == ["V20260304050658__Add_video.sql", "U20260304050658__Add_video.sql"]
    assert names("golang-migrate", small, {"000009_x.up.sql": "", "000009_x.down.sql": ""})[0] == (
        "000010_Add_video.up.sql"
    )
    assert names("flyway", small, {"V7.1__x.sql": "", "V7_2__y.sql": ""})[0] == "V8__Add_video.sql"
    assert names("dbmate", small, {"20270101000000_x.sql": ""}) == ["20270101000001_Add_video.sql"]


def test_versions_of_several_files() -> None:
    assert versions([], 3, NOW) == ["20260304050658", "20260304050659", "20260304050700"]
    assert versions(["3", "11"], 2, NOW) == ["12", "13"]
    assert versions(["0007"], 2, NOW) == ["0008", "0009"]
    assert versions(["20260304050700"], 2, NOW) == ["20260304050701", "20260304050702"]


REVISION = 'revision: str = "{}"\ndown_revision = {}\n'


def test_a_revision_follows_the_head(small: Plan) -> None:
    there = {
        "a.py": REVISION.format("aaa", None),
        "b.py": REVISION.format("bbb", '("aaa",)'),
        "other.py": "x = 1 + 1\n",
    }
    (made,) = LAYOUTS["alembic"](small, 'it\'s "x" \\', there, NOW)
    values: dict[str, object] = {}
    exec(compile(made.text.replace("from alembic import op", ""), "revision", "exec"), values)
    assert values["down_revision"] == "bbb"
    assert made.name.startswith(str(values["revision"]))
    assert LAYOUTS["alembic"](small, "again", there, NOW)[0].name.split("_")[0] == values["revision"]


def test_a_head_in_other_words(small: Plan) -> None:
    there = {
        "a.py": 'revision, down_revision = "aaa", None\n',
        "b.py": 'revision: str = "bbb"\n[down_revision] = ["aaa"]\n',
    }
    (made,) = LAYOUTS["alembic"](small, "x", there, NOW)
    assert "Revises: bbb" in made.text
    with pytest.raises(SourceError, match="c.py: revision is not written as a text"):
        LAYOUTS["alembic"](small, "x", there | {"c.py": "revision = make()\n"}, NOW)


def test_several_heads(small: Plan) -> None:
    there = {"a.py": REVISION.format("aaa", None), "b.py": REVISION.format("bbb", None)}
    with pytest.raises(UsageError, match="2 heads: aaa, bbb; join them with 'alembic merge heads'"):
        LAYOUTS["alembic"](small, "x", there, NOW)


@pytest.mark.parametrize(
    "text", ["a", "it's", 'say "x"', 'a\n"""b"""\n"', "a\r\nb", "\\n\n\\", "tab\t\n", "ü\n\u202e"]
)
def test_a_text_in_python_is_itself(text: str) -> None:
    assert eval(_literal(text)) == text
    assert "\u202e" not in _literal(text)
