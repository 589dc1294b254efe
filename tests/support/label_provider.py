"""A provider of security labels that takes any label, built where there is a C compiler: PostgreSQL ships none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = """
#include "postgres.h"
#include "fmgr.h"
#include "commands/seclabel.h"
PG_MODULE_MAGIC;
extern PGDLLEXPORT void _PG_init(void);
static void check(const ObjectAddress *object, const char *label) {}
void _PG_init(void) { register_label_provider("any label", check); }
"""
FLAGS = ("-bundle", "-undefined", "dynamic_lookup") if sys.platform == "darwin" else ("-shared", "-fPIC")


def label_provider(bin_folder: Path, folder: Path) -> Path:
    """The library of the provider ``any label``, for LOAD. Skips the test, with the reason, where it cannot be built."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler (cc) to build a provider of security labels with")
    asked = [str(bin_folder / "pg_config"), "--includedir-server"]
    headers = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    if not (headers / "postgres.h").exists():
        pytest.skip(
            f"PostgreSQL's headers are missing in {headers}, to build a provider of security labels with"
        )
    source, library = folder / "any_label.c", folder / "any_label.so"
    source.write_text(SOURCE)
    command = [compiler, *FLAGS, "-w", f"-I{headers}", "-o", str(library), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    library.chmod(0o755)
    return library
