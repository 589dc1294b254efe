"""Writes the pages of docs/ that are made from the code: engine.md, hazards.md, kinds.md and lint.md.

python scripts/docs.py            writes them
python scripts/docs.py --check    ends with 1 and names the pages that are not what the code says
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from schemadiff.hazards import Hazard, hazards
from schemadiff.kinds import REPLACE, Kind, kinds
from schemadiff.lint import Rule, rules

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTE = "<!-- Made by scripts/docs.py from the code: change the kind's file, then run it again. -->"
MANUAL = "https://www.postgresql.org/docs/current/catalog-{}.html"
ALWAYS = {f.name: f.default for f in fields(Kind)}["migra_when"]


def pages() -> Mapping[str, str]:
    """The text of each page that is made, by its name."""
    return {
        "engine.md": engine_page(),
        "hazards.md": hazards_page(),
        "kinds.md": kinds_page(),
        "lint.md": lint_page(),
    }


def engine_page() -> str:
    rows = [
        [kind.title, engine(kind, "create"), engine(kind, "drop"), change(kind), kind.why_not_migra or "—"]
        for kind in kinds().values()
    ]
    return page(
        "# Who writes which statement",
        "Two engines write the steps of a plan. **migra** writes what it writes right; **rules**, the data in each "
        "kind's own file, write the rest. Both meet in one graph that orders them. Taking a kind or a verb away from "
        "migra is one word in that kind's file, with the reason that this table shows.",
        "*migra, else rules* means that the kind's file says for which objects migra is right: an enum with a quote "
        "in a label, for instance, is left to the rules. `—` means that there is nothing to write: the object comes "
        "and goes with its parent, or has nothing that changes.",
        table(["kind", "create", "drop", "change", "why not migra"], rows),
    )


def engine(kind: Kind[Any], verb: str) -> str:
    if (kind.create if verb == "create" else kind.drop) is None:
        return "—"
    if verb not in kind.migra:
        return "rules"
    return "migra" if kind.migra_when is ALWAYS else "migra, else rules"


def change(kind: Kind[Any]) -> str:
    if not kind.changes:
        return "—"
    return "migra for the definition, else rules" if "replace" in kind.migra else "rules"


def kinds_page() -> str:
    return page(
        "# Kinds of objects",
        "Every kind that schemadiff knows, in the order in which PostgreSQL needs them created, and what happens "
        "when an attribute changes: **in place** by ALTER or CREATE OR REPLACE, or **replaced**, which drops and "
        "creates the object together with what depends on it. A few attributes are read and not compared, each with "
        "its reason. What no kind models is counted by the census and named in every plan: see [limits](limits.md).",
        *(section(kind) for kind in kinds().values()),
    )


def hazards_page() -> str:
    rows = [
        [
            f"[`{h.name}`](#{h.name.lower()})",
            "the proof sees it" if h.relations else "the kind of object",
            h.must_be_allowed,
        ]
        for h in hazards().values()
    ]
    return page(
        "# Hazards",
        "What may harm those who use a database while a plan runs, or what they have in it. Every step has the names "
        "of its own. The proof runs each step on a scratch database and looks at what it does: which tables it locks "
        "and how, whether a table gets a new file, which tables it reads from end to end, which indexes it builds. A "
        "hazard that it can see is one that it has seen. Beside it `plan` says how large the table is on the database "
        "that the plan is for: `rewrites courses (12 GB, 3.1 M rows) under ACCESS EXCLUSIVE`. Only what was there before "
        "the plan counts: a table that the plan makes is empty and nobody's.",
        table(["hazard", "who says so", "must be allowed"], rows),
        "What must be allowed and is not ends `apply` and `revert` with exit code 3 before anything has run, and the "
        "message has the flag to add: `--allow REWRITES_TABLE`. It may be repeated, takes several names with commas, and "
        "can stand in the [configuration](configuration.md) for all databases or for one. The limit is 100 MB unless "
        "`rewrite_limit` says otherwise; the size is that of the table when the plan is applied, and one that cannot be "
        "found out counts as large.",
        "A statement that runs in no transaction, such as `create index concurrently`, leaves no locks to look at: that "
        "these are `SHARE UPDATE EXCLUSIVE`, which lets others read and write, is what PostgreSQL's manual says. Without "
        "a proof (`--no-prove`) locks and scans are not known, and a rewrite is guessed from the change. Steps that only "
        "move rows, such as `refresh materialized view`, are not run by the proof: that they read all tables that their "
        "object depends on is what the schema says.",
        *(f"## {h.name}\n\n{doc_of(h)}" for h in hazards().values()),
    )


def lint_page() -> str:
    rows = [[f"[`{r.name}`](#{r.name})", "schema" if r.schema else "plan", r.level] for r in rules().values()]
    return page(
        "# Lint",
        "`schemadiff lint` looks for what is unwise in the schema though PostgreSQL takes it. It compiles `schema.sql` "
        "and looks at what PostgreSQL made of it, never at the text: whether an index covers a foreign key, its columns "
        "say. Any other [source](configuration.md) can be looked at too, a database among them, within the "
        "[scope](configuration.md#scope).",
        "<!-- before: schemadiff plan --out migrations >/dev/null 2>&1 -->\n"
        "```sh\nschemadiff lint                                       # the schema of the configuration\n"
        "schemadiff lint postgresql://localhost/shop           # a database\n"
        "schemadiff lint --from git:main:schema/schema.sql     # what a change adds, and what its plan does\n"
        "schemadiff lint --plan migrations/migration.plan.json # a plan that was made before\n```",
        "With `--from` the plan from there is made and proven, and what its steps were seen to do is looked at too; of the "
        "schema, only what the other source does not have itself. So a schema with an old habit can be held to new ones. "
        "A plan file has steps and no schema: the rules that need more are named.",
        "**Levels.** A finding is a note, a warning or an error; where there is an error, the exit code is 2. The "
        "configuration changes the level of a rule, or turns it off:",
        '```toml\n[lint]\nprefer-text-field = "off"\nunindexed-foreign-key = "error"\n```',
        "**Exceptions.** A comment above an object, or above or behind a column or constraint in a table, takes a rule back "
        "for it and all below it, and says why:",
        "```sql\n-- schemadiff: ignore require-primary-key rows are only ever appended and read as a whole\n"
        "create table measurement (\n"
        "    at   timestamptz,\n"
        "    code char(3) -- schemadiff: ignore ban-char-field ISO 4217\n);\n```",
        "A comment without a reason is an error wherever the file is read, one of a rule that there is not an error of "
        "`lint`; both name the line. One that takes nothing back is named.",
        "**Reports.** `--report FORMAT=PATH` also writes what was found for whoever reads SARIF, JUnit, annotations, "
        "Markdown, HTML or JSON: see [reports](reports.md#lint).",
        "Rules that [Squawk](https://squawkhq.com/docs/rules) has are called what they are called there. Its "
        "`ban-drop-database` has no place here, since no plan drops one.",
        table(["rule", "looks at the", "level"], rows),
        *(f"## {r.name}\n\n{doc_of(r)}" for r in rules().values()),
    )


def doc_of(found: Hazard | Rule) -> str:
    """The docstring of a hazard's or rule's own file, which is called like it."""
    folder = "hazards" if isinstance(found, Hazard) else "lint"
    module = sys.modules[f"schemadiff.{folder}.{found.name.lower().replace('-', '_')}"]
    return inspect.cleandoc(module.__doc__ or "")


def section(kind: Kind[Any]) -> str:
    module = inspect.getmodule(kind.fact)
    rows = [[f"`{name}`", how(rule)] for name, rule in kind.changes.items()]
    rows += [[f"`{name}`", f"not compared: {reason}"] for name, reason in kind.ignored.items()]
    parts = [
        f"## {kind.title[0].upper()}{kind.title[1:]}",
        inspect.cleandoc(module.__doc__ or "").replace("``", "`") if module else "",
        facets(kind),
        table(["attribute", "when it changes"], rows) if rows else "It has no attribute that can change.",
    ]
    return "\n\n".join(part for part in parts if part)


def facets(kind: Kind[Any]) -> str:
    said = [
        f"Kind `{kind.name}`",
        f"catalog [`{kind.catalog}`]({MANUAL.format(kind.catalog.replace('_', '-'))})"
        if kind.catalog
        else "",
        "a facet of any other object" if kind.satellite else "",
        "dropping one loses rows or values" if kind.loses else "",
        f"[no directive](renames.md) renames it: it {kind.keeps_name}" if kind.keeps_name else "",
    ]
    return "; ".join(s for s in said if s) + "."


def how(rule: Any) -> str:
    if rule == REPLACE:
        return "replaced"
    said = "in place, replaced where PostgreSQL cannot" if may_replace(rule.write) else "in place"
    return said + (", dependents made anew" if rule.rebuilds else "")


def may_replace(write: Any) -> bool:
    """Whether a writer can answer REPLACE: whether its code reads that name."""
    return "REPLACE" in write.__code__.co_names


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def page(*parts: str) -> str:
    return "\n\n".join([parts[0], NOTE, *parts[1:]]) + "\n"


def stale() -> list[str]:
    """The pages that are not what the code says."""
    return [
        name
        for name, text in pages().items()
        if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != text
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the pages of docs/ that are made from the code.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; end with 1 where a page is out of date"
    )
    if parser.parse_args().check:
        old = stale()
        if old:
            print(f"out of date: {', '.join(old)}; run python scripts/docs.py", file=sys.stderr)
        return 1 if old else 0
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
