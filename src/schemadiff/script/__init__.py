"""What a ``.sql`` source says, and running it on a scratch database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import loading

if TYPE_CHECKING:
    from .classify import OF_ROLES
    from .directives import Mapped, Place, Renamed, Unmeant, failed, place, said
    from .files import (
        Files,
        confined,
        git_files,
        parse_script,
        read_git,
        read_script,
        script_files,
        text_files,
    )
    from .model import Directive, Ignored, LoadReport, Location, Made, Script, Statement
    from .prepare import is_query, refusal
    from .run import run_script, watch_script

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
    "Unmeant",
    "confined",
    "failed",
    "git_files",
    "is_query",
    "parse_script",
    "place",
    "read_git",
    "read_script",
    "refusal",
    "run_script",
    "said",
    "script_files",
    "text_files",
    "watch_script",
]

__getattr__ = loading(
    __name__,
    {
        "classify": ("OF_ROLES",),
        "directives": ("Mapped", "Place", "Renamed", "Unmeant", "failed", "place", "said"),
        "files": (
            "Files",
            "confined",
            "git_files",
            "parse_script",
            "read_git",
            "read_script",
            "script_files",
            "text_files",
        ),
        "model": ("Directive", "Ignored", "LoadReport", "Location", "Made", "Script", "Statement"),
        "prepare": ("is_query", "refusal"),
        "run": ("run_script", "watch_script"),
    },
)
