"""``schemadiff demo`` and ``doctor``: the tool as a newcomer meets it."""

from __future__ import annotations

import subprocess
import sys

from .conftest import Call, Shop, environment


def test_demo_tells_the_whole_story() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "schemadiff", "demo"], capture_output=True, text=True, env=environment()
    )
    assert done.returncode == 0, done.stderr
    commands = [line.split()[2] for line in done.stdout.splitlines() if line.startswith("$ schemadiff ")]
    assert commands == ["plan", "apply", "check", "apply", "check", "revert", "check"]
    codes = [line for line in done.stdout.splitlines() if line.startswith("(exit code ")]
    assert codes == [f"(exit code {n})" for n in (0, 0, 2, 0, 0, 0, 2)]
    assert "main  in sync\ntest  drifted: " in done.stdout


def test_doctor(shop: Shop, call: Call) -> None:
    said = call("doctor", "--target", "main")
    assert said.code == 0, said.out
    for what in (
        "✓ python",
        "✓ migra",
        "✓ embedded",
        "✓ scratch server",
        "✓ configuration",
        "✓ schema",
        "✓ database",
    ):
        assert f"\n{what}" in f"\n{said.out}"
    broken = call("doctor", shop.main.replace("/sd_", "/nowhere_"))
    assert (broken.code, "✗ database" in broken.out) == (1, True)


def test_doctor_without_a_database(call: Call) -> None:
    said = call("doctor")
    assert said.code == 0
    assert "· database" in said.out
