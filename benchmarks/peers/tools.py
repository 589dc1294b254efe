"""The tools, as data: what each is, how it is installed, and the line that makes it write a migration.

A line is run by `sh` in an empty folder and writes SQL to its standard output. It may use

    $OLD, $NEW           the URLs of both databases
    $OLD_DB, $NEW_DB     their names
    $NEW_SQL             the file that the second one was made from
    $PORT                the server's, on 127.0.0.1; the role is postgres, without a password
    $BIN                 the programs of the tool's own environment
    $PG                  PostgreSQL's own programs
    $HERE, $SRC          this folder, and that of our own source
    $KEPT                a folder that stays from one call to the next

Each line has the options that the tool's own documentation gives for taking all differences along. Owns no
code that runs: `install` and `judge` do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SWAPPED = ""
"""The way back is the same line with both databases swapped."""


@dataclass(frozen=True)
class Tool:
    """A tool and how it is asked, there and back."""

    name: str
    registry: str
    """A name in `install.INSTALLERS`."""
    packages: tuple[str, ...]
    """What is installed; the first is the tool itself."""
    line: str
    back: str = SWAPPED
    """The line of the way back where the tool writes one itself: run after ``line`` in the same folder."""
    codes: frozenset[int] = frozenset({0})
    """The exit codes of a run that wrote a migration."""
    leaves_out: Mapping[str, str] = field(default_factory=dict)
    """Pairs that it is not made for, as its own documentation says, with what that says."""
    remark: str = ""


OURS = 'PYTHONPATH="$SRC" SCHEMADIFF_SCRATCH_DIR="$KEPT" "$BIN/python" -m schemadiff'
METADATA = "its metadata hold tables, columns, constraints and indexes; no views, functions, triggers, types, policies"
NO_CHECKS = "its documentation counts CHECK constraints among what it does not detect yet"
TABLES = "it reads tables, columns, indexes, foreign keys and enums"
DRIZZLE = (
    "its schema files have no functions, triggers, rules, partitions, extensions, comments or privileges"
)

TOOLS = (
    Tool(
        "schemadiff plan",
        "this",
        ("schemadiff",),
        f'{OURS} plan "$OLD" --to "$NEW" --out out >&2; cat out/*.forward.sql',
        back="cat out/*.reverse.sql",
        remark="there and back in one call, both run on scratch databases before they are written",
    ),
    Tool(
        "schemadiff diff",
        "this",
        ("schemadiff",),
        f'{OURS} diff "$OLD" "$NEW" --format sql',
        remark="one way, unproven, which is what the others do",
    ),
    Tool(
        "pg-delta",
        "npm",
        ("@supabase/pg-delta@1.0.0-alpha.34",),
        '"$BIN/pgdelta" plan --source "$OLD" --desired "$NEW" --out plan.json >&2; '
        '"$BIN/pgdelta" render --plan plan.json --out out.sql --allow-drops >&2; cat out*.sql',
        leaves_out={
            "types-rules-statistics": "its list of what it does not model, and reports, has statistics objects"
        },
        remark="an alpha release, asked for by its version: what npm takes by default is 0.0.0",
    ),
    Tool(
        "pgmig",
        "PyPI",
        ("pgmig[binary]",),
        '"$BIN/pgmig" generate --source "$OLD" --target "$NEW" --include-owner --include-grants',
    ),
    Tool(
        "results",
        "PyPI",
        ("results", "psycopg[binary]"),
        '"$BIN/results" dbdiff --with-privileges "$OLD" "$NEW"',
        codes=frozenset({0, 2}),
        remark="by the author of migra, and its successor",
    ),
    Tool(
        "@pgkit/migra",
        "npm",
        ("@pgkit/migra",),
        '"$BIN/migra" run "$OLD" "$NEW" --unsafe --with-privileges > out; sed "/^WARNING: /,/^$/d" out',
        remark="migra in TypeScript",
    ),
    Tool(
        "migra",
        "PyPI",
        ("migra", "psycopg2-binary", "setuptools<81", "sqlalchemy<2.1"),
        '"$BIN/migra" --unsafe --with-privileges "$OLD" "$NEW"',
        codes=frozenset({0, 2}),
        remark="not developed any more",
    ),
    Tool(
        "migradiff",
        "PyPI",
        ("migradiff", "psycopg2-binary", "setuptools<81", "sqlalchemy<2.1"),
        '"$BIN/migra" --unsafe --force-destructive --with-privileges --no-rename-detection "$OLD" "$NEW"',
        codes=frozenset({0, 2}),
        remark="a fork of migra",
    ),
    Tool(
        "tusker",
        "PyPI",
        ("tusker", "setuptools<81"),
        """printf '[schema]\\nfilename = "%s"\\n[database]\\nurl = "%s"\\n[migra]\\nprivileges = true\\n' "$NEW_SQL" "$OLD" > tusker.toml; """
        '"$BIN/tusker" diff database schema',
        back='"$BIN/tusker" diff --reverse database schema',
        remark="loads the target's file itself and lets migra compare",
    ),
    Tool(
        "Pyrseas",
        "PyPI",
        ("pyrseas", "psycopg[binary]"),
        '"$BIN/dbtoyaml" -H 127.0.0.1 -p "$PORT" -U postgres -o new.yaml "$NEW_DB" >&2; '
        '"$BIN/yamltodb" -H 127.0.0.1 -p "$PORT" -U postgres "$OLD_DB" new.yaml',
    ),
    Tool(
        "apgdiff",
        "Debian",
        ("apgdiff",),
        '"$PG/pg_dump" --schema-only -d "$OLD" > old.sql; "$PG/pg_dump" --schema-only -d "$NEW" > new.sql; '
        r"sed -i '/^\\\(un\)\{0,1\}restrict /d' old.sql new.sql; "
        'java -jar "$BIN/../share/java/apgdiff-2.7.jar" --add-defaults old.sql new.sql',
    ),
    Tool(
        "pg-schema-diff",
        "PyPI",
        ("pg-schema-diff",),
        '"$BIN/pg-schema-diff" diff --source "$OLD" --target "$NEW" --output out.sql >&2; touch out.sql; cat out.sql',
        back='"$BIN/pg-schema-diff" diff --direction down --source "$OLD" --target "$NEW" --output back.sql >&2; '
        "touch back.sql; cat back.sql",
        leaves_out=dict.fromkeys(
            (
                "course-platform",
                "comments",
                "extensions",
                "functions-and-triggers",
                "partitions",
                "privileges",
                "row-security",
                "types-rules-statistics",
                "views-on-views",
            ),
            TABLES,
        ),
        remark="of PyPI (schemadrift), not the one of the same name in Go",
    ),
    Tool(
        "pg-diff-cli",
        "npm",
        ("pg-diff-cli",),
        'mkdir out; sed "s/@PORT@/$PORT/; s/@OLD@/$OLD_DB/; s/@NEW@/$NEW_DB/" "$HERE/pg-diff.json" > pg-diff.json; '
        '"$BIN/pg-diff" -f pg-diff.json -c main patch >&2; find out -name "*.sql" -exec cat {} +',
    ),
    Tool(
        "Alembic",
        "PyPI",
        ("alembic", "psycopg[binary]"),
        '"$BIN/python" "$HERE/autogenerate.py" "$OLD" "$NEW"',
        leaves_out={
            "columns-and-constraints": NO_CHECKS,
            "quoted-names": NO_CHECKS,
            **dict.fromkeys(
                (
                    "course-platform",
                    "comments",
                    "enum-grows",
                    "enum-loses-a-label",
                    "extensions",
                    "functions-and-triggers",
                    "partitions",
                    "privileges",
                    "row-security",
                    "types-rules-statistics",
                    "views-on-views",
                ),
                METADATA,
            ),
        },
        remark="autogenerate, with the target's metadata reflected from its database",
    ),
    Tool(
        "drizzle-kit",
        "npm",
        ("drizzle-kit", "drizzle-orm", "pg"),
        'ln -s "$BIN/.." node_modules; '
        'kit() { sed "s|@URL@|$2|; s|@OUT@|$3|" "$HERE/drizzle.json" > "$3.json"; '
        '"$BIN/drizzle-kit" "$1" --config "$3.json" >&2; }; '
        'kit pull "$NEW" new; kit pull "$OLD" old; kit generate "$OLD" old; '
        'find old -name "0001*.sql" -exec cat {} +',
        leaves_out=dict.fromkeys(
            (
                "course-platform",
                "comments",
                "extensions",
                "functions-and-triggers",
                "partitions",
                "privileges",
                "types-rules-statistics",
            ),
            DRIZZLE,
        ),
        remark="pulls both schemas into its own files and generates the migration between them",
    ),
)


@dataclass(frozen=True)
class Absent:
    """A tool that could not be had, and why."""

    name: str
    why: str


ABSENT = (
    Absent(
        "Atlas (npm `@ariga/atlas`)",
        "the package downloads its program when it is installed, from a place that no registry serves; its full edition has a licence of its own besides",
    ),
    Absent("Prisma `migrate diff` (npm `prisma`)", "the same with its schema engine"),
    Absent(
        "pg-schema-diff of Stripe, pgschema, sqldef (Go)",
        "no Go module proxy could be reached, and no package of npm or PyPI was found",
    ),
    Absent("pgquarrel (C)", "Debian has no package of it"),
    Absent("supabase (npm)", "its `db diff` brings pg-delta, which is here"),
    Absent("pgdelta (PyPI)", "nothing of it installs with the Python that ran this"),
    Absent(
        "postgres_ddl, pgdiff (PyPI)",
        "a library that writes one file for each object without an order to run them in; a tool last released in 2020 that syncs with a file of its own kind",
    ),
)
