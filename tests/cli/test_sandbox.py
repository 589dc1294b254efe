"""``--sandbox``: of the configuration only what a stranger may say counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call, Shop, exists

DANGEROUS = "copy (select 1) to program 'touch /tmp/never'"
ESCAPE = f"create table t (a int); do $o$ begin execute $i${DANGEROUS}$i$; end $o$;"


def test_every_command(shop: Shop, call: Call) -> None:
    commands = [
        ["plan", shop.main],
        ["check", shop.main],
        ["diff", shop.main, "schema.sql"],
        ["dump", "schema.sql"],
        ["snapshot"],
    ]
    for command in commands:
        plain = call(*command)
        found = call(*command, "--sandbox")
        assert found.code in (0, 2), found.err
        assert found.code == plain.code
    shop.schema(ESCAPE)
    for command in commands:
        found = call(*command, "--sandbox")
        assert found.code == 1
        assert "to COPY to or from an external program" in found.err
        assert "hint: the sandbox has no superuser" in found.err


def test_by_configuration(shop: Shop, call: Call) -> None:
    """Who may write it may name databases in it too."""
    config = shop.folder / "schemadiff.toml"
    config.write_text("sandbox = true\n" + config.read_text())
    assert call("apply", "--yes", "--target", "main").code == 0
    assert exists(shop.main, "video")
    shop.schema(ESCAPE)
    assert "permission denied" in call("plan", "--target", "main").err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schema", "../outside.sql"),
        ("schema", "/etc/passwd"),
        ("schema", ".git/config"),
        ("schema", "link.sql"),
        ("schema", "postgresql://elsewhere/x"),
        ("schema", "host=elsewhere"),
        ("snapshots", "../elsewhere"),
        ("snapshots", "git:/../../elsewhere"),
    ],
)
def test_places_that_a_stranger_may_not_name(shop: Shop, call: Call, key: str, value: str) -> None:
    (shop.folder / "link.sql").symlink_to("/etc/passwd")
    (shop.folder / "schemadiff.toml").write_text(f'{key} = "{value}"\n')
    found = call("plan", shop.main, "--sandbox")
    assert found.code == 64
    assert f"{key} = " in found.err
    assert "root:" not in found.err


def test_programs_and_databases_are_not_taken_from_it(shop: Shop, call: Call, folder: Path) -> None:
    programs = folder / "bin"
    programs.mkdir()
    for name in ("initdb", "pg_ctl", "postgres"):
        (programs / name).write_text(f"#!/bin/sh\ntouch {folder}/ran\n")
        (programs / name).chmod(0o755)
    config = folder / "schemadiff.toml"
    config.write_text('scratch = "bin"\n' + config.read_text())
    assert call("plan", shop.main, "--sandbox").code == 0
    assert not (folder / "ran").exists()
    found = call("plan", "--target", "main", "--sandbox")
    assert found.code == 64
    assert "give the database by its URL or DATABASE_URL" in found.err


def test_a_program_as_the_schema(shop: Shop, call: Call, folder: Path) -> None:
    (folder / "evil.py").write_text("open('ran', 'w')\nmetadata = None\n")
    (folder / "schemadiff.toml").write_text('schema = "evil:metadata"\n')
    found = call("plan", shop.main, "--sandbox")
    assert found.code == 64
    assert not (folder / "ran").exists()


def test_another_server_is_no_sandbox(shop: Shop, call: Call) -> None:
    for spec in (shop.test, "live"):
        found = call("plan", shop.main, "--sandbox", "--scratch", spec)
        assert found.code == 64
        assert "A sandbox is a server of its own" in found.err


def test_links_that_lead_out(
    shop: Shop, call: Call, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "schema.sql").write_text("hush hush;")
    (outside / "kept").write_text("kept")
    (folder / "way").symlink_to(outside)
    (folder / "link.sql").symlink_to(outside / "schema.sql")
    for source in ("way", "way/schema.sql", "link.sql"):
        found = call("plan", shop.main, "--to", source, "--sandbox")
        assert found.code == 1
        assert "nothing is read outside" in found.err
        assert "hush" not in found.err
    (folder / "snapshots").mkdir()
    for major in range(14, 19):
        (folder / "snapshots" / f"{major}.json").symlink_to(outside / "kept")
    assert call("snapshot", "--sandbox").code == 0
    assert (outside / "kept").read_text() == "kept"
