"""The command ``schemadiff`` of this checkout on a PATH, for shells."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import schemadiff

SOURCE = Path(schemadiff.__file__).parents[1]


def on_path(folder: Path) -> dict[str, str]:
    """The environment in which ``schemadiff`` is a program of this folder, and nothing else names a database."""
    program = folder / "schemadiff"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m schemadiff "$@"\n')
    program.chmod(0o755)
    ours = {k: v for k, v in os.environ.items() if not k.startswith("PG") and k != "DATABASE_URL"}
    path = os.pathsep.join([str(folder), str(Path(sys.executable).parent), os.environ["PATH"]])
    return ours | {"PATH": path, "PYTHONPATH": str(SOURCE), "NO_COLOR": "1"}
