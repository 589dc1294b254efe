"""The command reference ``docs/cli.md``, made from the app: ``python -m schemadiff.cli._docs > docs/cli.md``.

Reads the signatures that Typer reads, since what Typer makes of them changes with its version.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from . import _app

COMPLETION = (
    "| `--install-completion` | Let Tab complete commands, options, targets and sources in the shell that runs it: "
    "bash, zsh, fish or PowerShell. |",
    "| `--show-completion` | Print what that would install. |",
)
"""The options that Typer adds by itself."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or option of a command: what its type and its default are."""

    name: str
    info: ArgumentInfo | OptionInfo
    type: Any
    default: Any

    @property
    def is_argument(self) -> bool:
        return isinstance(self.info, ArgumentInfo)

    @property
    def required(self) -> bool:
        return self.default is inspect.Parameter.empty


def reference() -> str:
    """The whole page in Markdown."""
    app = _app.app()
    lines = ["# Commands", "", "This page is made from the command line itself.", ""]
    lines += [str(app.info.help), "", *_table(_parameters(_app.root), COMPLETION), str(app.info.epilog), ""]
    lines += _commands(app, "schemadiff")
    for group in app.registered_groups:
        if group.typer_instance is not None:
            lines += _commands(group.typer_instance, f"schemadiff {group.name}")
    return "\n".join(lines).rstrip("\n") + "\n"


def _commands(app: typer.Typer, called: str) -> Iterator[str]:
    for command in app.registered_commands:
        if command.callback is not None:
            yield from _command(command.callback, f"{called} {command.name or command.callback.__name__}")


def _command(callback: Callable[..., Any], called: str) -> Iterator[str]:
    parameters = list(_parameters(callback))
    usage = " ".join([called, "[OPTIONS]", *(_usage(p) for p in parameters if p.is_argument)])
    yield from (f"## {called}", "", inspect.cleandoc(callback.__doc__ or ""), "", "```", usage, "```", "")
    yield from _table(parameters)


def _parameters(callback: Callable[..., Any]) -> Iterator[Parameter]:
    hints = get_type_hints(callback, include_extras=True)
    for name, parameter in inspect.signature(callback).parameters.items():
        for info in get_args(hints[name])[1:]:
            if isinstance(info, ArgumentInfo | OptionInfo):
                yield Parameter(name, info, get_args(hints[name])[0], parameter.default)


def _usage(p: Parameter) -> str:
    name = p.info.metavar or p.name.removesuffix("s").upper()
    name = f"{name} …" if _repeats(p) else name
    return name if p.required else f"[{name}]"


def _repeats(p: Parameter) -> bool:
    return any(getattr(part, "__origin__", None) is list for part in (p.type, *get_args(p.type)))


def _table(parameters: Iterable[Parameter], more: Iterable[str] = ()) -> Iterator[str]:
    rows = [f"| {_called(p)} | {p.info.help}{_default(p)} |" for p in parameters]
    if rows:
        yield from ("| | |", "| --- | --- |", *rows, *more, "")


def _called(p: Parameter) -> str:
    if p.is_argument:
        return f"`{_usage(p).strip('[]')}`"
    # Within Annotated, Typer takes the first name for the default until it reads the signature.
    declared = (p.info.default, *(getattr(p.info, "param_decls", None) or ()))
    names = ", ".join(f"`{name}`" for name in declared if isinstance(name, str))
    if isinstance(p.type, type) and issubclass(p.type, StrEnum):
        return f"{names} " + ", ".join(f"`{choice.value}`" for choice in p.type)
    return names


def _default(p: Parameter) -> str:
    if p.is_argument or p.default in (None, False):
        return ""
    return f" Default: `{p.default}`."


if __name__ == "__main__":
    print(reference(), end="")
