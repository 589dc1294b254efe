"""What a ``.sql`` source says, and running it on a scratch database."""

from __future__ import annotations

from schemadiff.script.files import (
    Files,
    git_files,
    parse_script,
    read_git,
    read_script,
    script_files,
    text_files,
)
from schemadiff.script.model import Directive, Ignored, LoadReport, Script, Statement
from schemadiff.script.run import run_script

__all__ = [
    "Directive",
    "Files",
    "Ignored",
    "LoadReport",
    "Script",
    "Statement",
    "git_files",
    "parse_script",
    "read_git",
    "read_script",
    "run_script",
    "script_files",
    "text_files",
]
