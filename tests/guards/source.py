"""The source of schemadiff as syntax trees, and what its modules import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import schemadiff

ROOT = Path(schemadiff.__file__).parent
PACKAGE = "schemadiff"


@dataclass(frozen=True)
class Module:
    """One file. ``name`` is dotted, below the package: ``kinds.table``; a package's own is its folder's."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @cached_property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    @cached_property
    def imports(self) -> frozenset[str]:
        """Full names of the modules that it imports anywhere, and of what it takes from them."""
        return frozenset(name for node in ast.walk(self.tree) for name in self._imported(node))

    @property
    def foreign(self) -> frozenset[str]:
        """The top-level packages that it imports, besides ours."""
        return frozenset(name.partition(".")[0] for name in self.imports) - {PACKAGE, "__future__"}

    @property
    def ours(self) -> frozenset[str]:
        """What it imports of ours, dotted, below the package."""
        return frozenset(n.removeprefix(PACKAGE + ".") for n in self.imports if n.startswith(PACKAGE + "."))

    def _imported(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            base = self._base(node)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        above = f"{PACKAGE}.{self.package}".rstrip(".").split(".")
        kept = above[: len(above) - node.level + 1]
        return ".".join([*kept, *([node.module] if node.module else [])])

    @cached_property
    def docstrings(self) -> frozenset[int]:
        """The identities of the nodes that are docstrings, attributes' included."""
        owners = [n for n in ast.walk(self.tree) if isinstance(getattr(n, "body", None), list)]
        statements = [s for owner in owners for s in owner.body if isinstance(s, ast.Expr)]  # type: ignore[attr-defined]
        return frozenset(id(s.value) for s in statements if isinstance(s.value, ast.Constant))

    def strings(self) -> Iterator[tuple[int, str]]:
        """Its string constants but docstrings, each with its line."""
        for node in ast.walk(self.tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in self.docstrings
            ):
                yield node.lineno, node.value


@cache
def modules() -> tuple[Module, ...]:
    """Every module, sorted by name."""
    found = (Module(path) for path in ROOT.rglob("*.py"))
    return tuple(sorted(found, key=lambda module: module.name))


def named(name: str) -> Module:
    return next(module for module in modules() if module.name == name)


def within(*names: str) -> tuple[Module, ...]:
    """The modules of these names and those below them."""
    return tuple(m for m in modules() if any(m.name == n or m.name.startswith(n + ".") for n in names))
