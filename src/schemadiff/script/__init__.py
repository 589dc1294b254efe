"""What a ``.sql`` source says, and running it on a scratch database."""

from __future__ import annotations

from schemadiff.script.classify import OF_ROLES
from schemadiff.script.directives import Mapped, Place, Renamed, failed, place, said
from schemadiff.script.files import (
    Files,
    confined,
    git_files,
    parse_script,
    read_git,
    read_script,
    script_files,
    text_files,
)
from schemadiff.script.model import Directive, Ignored, LoadReport, Location, Made, Script, Statement
from schemadiff.script.run import run_script, watch_script

__all__ = [
    "OF_ROLES",
    "Directive",
    "Files",
    "Ignored",
    "LoadReport",
    "Location",
    "Made",
    "Mapped",
    "Place",
    "Renamed",
    "Script",
    "Statement",
    "confined",
    "failed",
    "git_files",
    "parse_script",
    "place",
    "read_git",
    "read_script",
    "run_script",
    "said",
    "script_files",
    "text_files",
    "watch_script",
]
