"""Puts a tool into an environment of its own, in a folder that goes or stays as the caller likes.

Owns the ordinary clients of the registries. What is installed is in `tools`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from .tools import Tool


@dataclass(frozen=True)
class Installed:
    """Where a tool's programs are, and its version."""

    bin: Path
    version: str


class NotInstalled(Exception):
    """A registry or an installer said no."""


def install(tool: Tool, cache: Path) -> Installed:
    """The tool in its own folder below ``cache``; what is there already is taken as it is."""
    folder = cache / tool.name.replace("/", "-").replace(" ", "-")
    return INSTALLERS[tool.registry](folder, tool.packages)


def _python(folder: Path, packages: Sequence[str]) -> Installed:
    programs = folder / "bin"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        _call([str(programs / "pip"), "install", "--quiet", *packages], folder)
        (folder / "ready").touch()
    listed = _call([str(programs / "pip"), "list", "--format", "json"], folder)
    versions = {_plain(package["name"]): package["version"] for package in json.loads(listed)}
    return Installed(programs, versions[_plain(packages[0].partition("[")[0])])


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _node(folder: Path, packages: Sequence[str]) -> Installed:
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder)]
        _call([*command, *packages], folder)
        (folder / "ready").touch()
    modules = folder / "node_modules"
    # A version stands behind an `@` that is not the first letter.
    name = packages[0][0] + packages[0][1:].partition("@")[0]
    about = json.loads((modules / name / "package.json").read_text())
    return Installed(modules / ".bin", about["version"])


def _debian(folder: Path, packages: Sequence[str]) -> Installed:
    if not list(folder.glob("*.deb")):
        folder.mkdir(parents=True, exist_ok=True)
        # As root it would drop to a user who may not write there, and say so.
        _call(["apt-get", "-o", "APT::Sandbox::User=root", "download", *packages], folder)
        for file in folder.glob("*.deb"):
            _call(["dpkg-deb", "-x", str(file), "."], folder)
    (first,) = folder.glob(f"{packages[0]}_*.deb")
    version = _call(["dpkg-deb", "-f", str(first), "Version"], folder).strip()
    return Installed(folder / "usr" / "bin", version)


def _ours(_folder: Path, _packages: Sequence[str]) -> Installed:
    return Installed(Path(sys.executable).parent, version("schemadiff"))


def _call(command: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise NotInstalled(f"{command[0]} is not here") from error
    if done.returncode:
        raise NotInstalled(f"{command[0]} ended with {done.returncode}")
    return done.stdout


INSTALLERS: dict[str, Callable[[Path, Sequence[str]], Installed]] = {
    "PyPI": _python,
    "npm": _node,
    "Debian": _debian,
    "this": _ours,
}
