"""What a kind is: data and small rules. Every module beside this one exports exactly one ``KIND``.

A kind's query returns one row a fact. Its columns are the fact's attributes, and these:

    oid, sub        the address in ``pg_depend`` (with ``Kind.catalog`` as the class)
    path            the names of the identity, as text[]
    parent_oid, parent_sub          the address of the parent (class ``Kind.parent``)
    inherited_oid, inherited_sub    the fact of a parent table that it came from (its own class)
    alias_CATALOG   further addresses of the same object, an oid or an array of them
    ref_CATALOG     what it needs and pg_depend does not say, an oid or an array of them
    refsub_CATALOG  the second part of those addresses, as many as there are of them
    colref_oid, colref_sub          a column that it needs
    after_CATALOG   what only has to be created earlier where both are created

``{user_schema}`` in it stands for the condition that a namespace ``n`` is a user's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, Protocol

from ..model import Catalog, Fact, Id, Server
from ..sqltext import MASK, ident
from ._question import Question

REPLACE: Final = "replace"


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement, without its semicolon, and what the order of a plan must know of it."""

    sql: str
    transactional: bool = True
    """May stand in a transaction block."""
    commits: bool = False
    """What it made can be used only after a commit (``ALTER TYPE … ADD VALUE``)."""
    rows_only: bool = False
    """Moves rows, changes no schema: a proof on empty databases leaves it out, for it may run functions on them."""
    hazards: tuple[str, ...] = ()
    apart: bool = False
    """Runs for long, under a weak lock or one that nothing avoids: in a transaction of its own, which holds no
    other."""
    builds: tuple[str, ...] = ()
    """The index that it builds outside of a transaction, and leaves invalid when it fails: schema and name."""
    drops: tuple[str, ...] = ()
    """The index that it drops outside of a transaction."""
    rebuilds: tuple[str, ...] = ()
    """The index that it builds anew, outside of a transaction beside itself."""
    resumes: bool = False
    """Commits on its way outside of a transaction, and goes on from there when it is run again."""
    shown: str = ""
    """How it is shown and kept where it holds a secret; empty where it holds none."""
    secrets: tuple[str, ...] = ()
    """The secrets that it holds, for error messages to leave out."""
    action: str = ""
    """The end of it, where it is an ALTER TABLE that more actions of its kind may join."""


def alter_table(table: str, action: str, *hazards: str, apart: bool = False) -> Statement:
    """An ALTER TABLE that reads or rewrites rows, or that often comes with others of its kind: those for one table
    are joined, as the actions are of one pass of PostgreSQL over the statement."""
    return Statement(f"alter table {table} {action}", hazards=hazards, action=action, apart=apart)


type Expression = str
"""A text that PostgreSQL deparsed from an expression, in a spelling that lasts; compared in one spelling."""

type Written = Iterable[str | Statement]


class Context(Protocol):
    """What a writer may look at besides its fact."""

    @property
    def before(self) -> Catalog: ...
    @property
    def after(self) -> Catalog: ...
    @property
    def version(self) -> int:
        """``server_version_num`` of the server that will run the statements."""
        ...

    @property
    def role(self) -> str:
        """The role that will run the statements, and so own what they create."""
        ...

    @property
    def default_tablespace(self) -> str:
        """The default tablespace of the database that will run the statements."""
        ...

    def address(self, target: Id) -> str:
        """How statements call an object: ``table public.users``."""
        ...

    def grant_address(self, target: Id) -> str:
        """How GRANT calls it: ``table public.users``, also for a column."""
        ...

    def default_privileges(self, letter: str, schema: str) -> Sequence[Any]:
        """The default privileges of ``role`` for a class of objects, those of the schema included."""
        ...

    def fact(self, target: Id) -> Fact:
        """The fact as it is after, or else before."""
        ...

    def created(self, target: Id) -> bool:
        """Whether the plan creates or replaces the object."""
        ...

    def is_swapped(self, target: Id) -> bool:
        """Whether the old object was set aside under another name."""
        ...

    def in_use(self, fact: Fact) -> bool:
        """Whether a fact stands on something that is in use while the statements run."""
        ...

    def was(self, target: Id) -> Id:
        """What the database calls an object of ``before`` until the plan renames it."""
        ...


@dataclass(frozen=True, slots=True)
class Alter[F: Fact]:
    """Attributes that change in place. ``write`` may answer REPLACE where a change cannot.

    ``rebuilds`` says whether dependents must be dropped before and created after: True, or a
    function of the two facts."""

    write: Callable[[F, F, Context], Written | Literal["replace"]]
    rebuilds: bool | Callable[[F, F], bool] = False
    recurses: bool | Callable[[F, F], bool] = False
    """PostgreSQL changes the facts that inherited this one along with it: True, or a function of the two facts."""


ANOTHER: Final = f"{MASK} (another)"


@dataclass(frozen=True, slots=True)
class Secrets[F: Fact]:
    """How a kind keeps its secrets."""

    masked: Callable[[F, F | None], F]
    """The fact with MASK for each secret, ANOTHER for one that differs from the same of the second fact."""
    filled: Callable[[F, F], F]
    """The first fact with the secrets of the second where it has MASK."""
    is_open: Callable[[F], bool]
    """Whether it has MASK where a secret belongs."""


type Rule = Literal["replace"] | Alter[Any]


def _nothing(*_: Any) -> Sequence[str]:
    return ()


def _none(*_: Any) -> Sequence[Any]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind[F: Fact]:
    """Everything that the product knows of one kind of object."""

    name: str
    title: str
    """The plural that summaries print: "tables"."""
    fact: type[F]
    catalog: str | None
    """Its class in pg_depend; None where it has no address there."""
    query: str | Callable[[int], str]
    rank: int
    """Order among steps that do not depend on one another; pg_dump's order."""
    create: Callable[[F, Sequence[str], Context], Written] | None
    """Statements that make it, given the clauses of what is folded into it; None: comes with its parent."""
    drop: Callable[[F, Context], Written] | None
    """Statements that remove it; None: goes with its parent."""
    changes: Mapping[str, Rule] = field(default_factory=dict)
    parent: str | None = None
    """The class of the parent's address."""
    satellite: bool = False
    """Stands on a fact of any kind: rows give ``target_class``, ``target_oid``, ``target_sub``, and as
    ``path`` what follows the target's own."""
    address: Callable[[F], str] | None = None
    grants: Callable[[F], str] | None = None
    """How GRANT calls it, where that is not its address."""
    online: Callable[[F, Context], Sequence[Statement] | None] = lambda fact, ctx: None
    """Statements that make it on a table in use and hold no strong lock for longer than a moment; None
    where ``create`` does not either, or nothing can."""
    online_drop: Callable[[F, Context], Sequence[Statement] | None] = lambda fact, ctx: None
    """The same for its removal, where nothing waits for that."""
    beside: Callable[[F, F, Context], Sequence[Statement] | None] = lambda before, after, ctx: None
    """Statements that make the new one beside the old one, put it in its place, and drop the old one."""
    ahead: Callable[[F, Context], Sequence[Statement] | None] | None = None
    """Statements that make the successor of a replaced one under another name, filled and with its indexes, while the
    old one is used; None where that cannot be."""
    whole_ahead: Callable[[F, Context], Sequence[Statement] | None] | None = None
    """The same for what others are attached to, or that is attached or does that, under its own name where that is
    free: all of a whole is made ahead or nothing of it. Empty for what is made once the old ones are gone."""
    takes_over: Callable[[F, Context], Sequence[Statement]] | None = None
    """Statements that give what was made ahead, with its parent or itself, its name once the old one is gone."""
    inline: Callable[[F, Sequence[str], Context], str | None] | None = None
    """Its clause in the parent's CREATE, given the clauses folded into it. None: this one is created
    on its own; an empty string: it comes with the parent without being written."""
    after_inline: Callable[[F, Context], Written] = _nothing
    """Statements that must follow where it was folded into the parent's CREATE."""
    order: Callable[[F], int] = lambda _: 0
    """Where it stands among the clauses of its parent."""
    attaches: Callable[[F], bool] = lambda _: False
    """Whether an inherited one is created on its own and attached, not made by the parent's creation."""
    asks: Callable[[F | None, F | None, Context], Iterable[Question]] = _none
    """What to ask the rows of a live database before it is created (None, fact), dropped (fact, None) or changed."""
    names: Callable[[F], Iterable[tuple[str, ...]]] = _none
    """The slots that it occupies in PostgreSQL's name spaces; two facts cannot share one."""
    implied: Callable[[Fact, Context], Iterable[F]] | None = None
    """Facts of this kind that exist as soon as another fact is created; None where there is none such."""
    ignores: frozenset[str] = frozenset()
    """``deptype`` letters of pg_depend that are no edges of this kind."""
    follows_retype: Callable[[F, Fact, Fact], bool] = _nothing  # type: ignore[assignment]
    """Whether PostgreSQL itself carries it along when the type of a column it uses changes."""
    follows_swap: Callable[[F], bool] = lambda _: True
    """The same, when the type is replaced by another of its name."""
    swaps: Callable[[F, str, Context], Written] | None = None
    """Renames the object aside, so that a new one can take its place while columns still use it."""
    becomes: frozenset[str] = frozenset()
    """Kinds of types that a type of this one may become under the same name, its values going through their text."""
    retype: Callable[[F, F, Context], Written] | None = None
    """Moves a column to the replaced type of the same name."""
    retypes: Callable[[F, Context], bool] = lambda fact, ctx: True
    """Whether ``retype`` can move this one, as the origin has it."""
    of_row: bool = False
    """Part of what a row is: PostgreSQL refuses to change its type while a column holds such rows."""
    goes_with: Callable[[F, Catalog], Iterable[Id]] = lambda fact, origin: (
        () if fact.local else fact.inherited
    )
    """Facts whose removal takes it along without a word."""
    comes_with: Callable[[F, Context], bool] = lambda fact, ctx: True
    """Whether PostgreSQL makes one that is inherited along with what it comes from."""
    stays_apart: Callable[[Sequence[F], Catalog], Iterable[Id]] = _none
    """Those of some facts that must be dropped on their own although their parents are dropped too."""
    whole: Callable[[F], bool] = lambda _: False
    """Whether it cannot be replaced on its own: its parent is."""
    forces: Callable[[F, Catalog], bool] = lambda fact, origin: False
    """Whether it can be added only by replacing its parent, as the origin has that."""
    evicts: Callable[[F, Context], Iterable[Id]] = _none
    """Facts of the origin that it cannot be made beside: they go before, and come again."""
    undoes: Callable[[F, Context], Iterable[Id]] = _none
    """Facts that PostgreSQL takes something from when it is dropped, which they keep in the target: they come again."""
    detachable: bool = False
    """May be dropped or created on its own, apart from its parent, to break a cycle."""
    severable: bool = False
    """The same where nothing else breaks the cycle: it then stands after what else its parent has."""
    breaks: Callable[[F, Context], Written] | None = None
    """A stand-in with the same outside and no references, to break a cycle of creations; nothing where it has none."""
    lets_go: Callable[[F, Context], Written] | None = None
    """What makes a stand-in of one that is there, to break a cycle of drops; nothing where it has none."""
    skeleton: Callable[[F], F | None] | None = None
    """The fact as a clone without rows has it; None where a clone has none of it."""
    settled: tuple[str, Any] | None = None
    """An attribute and the value with which ``skeleton`` leaves a fact as it is."""
    roles: Callable[[F], Iterable[str]] = _nothing
    """Roles that it names, which a scratch database must have."""
    tablespaces: Callable[[F], Iterable[str]] = _nothing
    """Tablespaces that it names, which a scratch server must have."""
    here: Callable[[F, Server], F | None] | None = None
    """The fact as a database of a server has it; None where it says nothing there."""
    everywhere: bool = False
    """Bears on objects that do not depend on it: a copy of a part of a schema has all of it."""
    comes_along: bool = False
    """Its parent is not the same without it: a copy of a part of a schema that has the parent has it too."""
    bears_on: Callable[[Sequence[F], Catalog], Iterable[Id]] | None = None
    """What PostgreSQL looks at or locks too when some of them come or go, although neither depends on the other."""
    whole_tables: bool = False
    """Joins two tables, and PostgreSQL compares them: what changes in them comes before it is made and
    after it is gone."""
    compared: Callable[[F], bool] = lambda _: True
    """Of what can stand in the CREATE of its table, whether PostgreSQL compares it between tables that are joined."""
    changes_after: Callable[[F, Context], Iterable[Id]] = _none
    """Facts that must be made before it changes, where the plan makes them."""
    creates_after: Callable[[F, Context], Iterable[Id]] = _none
    """Facts that must be made or changed before it is created on its own, where the plan does that."""
    leaves_after: Callable[[F, Context], Iterable[Id]] = _none
    """Facts that the plan creates and that must be there before it is dropped."""
    older: Callable[[F, int], F | None] = lambda fact, version: fact
    """The fact as a server of a version (server_version_num) before the one that it was read on has it;
    None where that one has no such thing."""
    cost: int = 1
    """How long the server takes to answer its query, beside others, where tables have several of each: the work is
    divided by it, and an answer that took long is taken while the server works on the next."""
    spells: bool = False
    """A call of the function that it is made with may be written as it is: a cast."""
    overloads: bool = False
    """The last name of its path is its arguments: a call may be ambiguous while another one of the name exists."""
    name_at: int = -1
    """Where in its path its name stands."""
    rename: Callable[[F, str], Sequence[str]] | None = None
    """The statements that give it another name, where that is not ``alter ADDRESS rename to NAME``."""
    keeps_name: str = ""
    """Why no statement renames it."""
    rename_label: Callable[[F, str, str], str] | None = None
    """The statement that gives one of its labels another name."""
    parted: Callable[[F], tuple[str, str]] | None = None
    """The statement that takes what it stands on apart from another object, rows and all, and the one that puts it
    back."""
    leaves_trash: Callable[[F], bool] = lambda _: False
    """Whether it goes from a table that is put into the trash: it would fire there, or hold on to other tables."""
    on_request: bool = False
    """Left alone where a target has none of it, and no part of fingerprints: whoever runs a server may set it."""
    opaque: bool = False
    """Its body may use what pg_depend does not say."""
    loses: bool = False
    """Dropping it loses rows or values that no statement brings back."""
    tells_loss: bool = False
    """It does only where ``drop`` says DELETES_DATA: the rows may be elsewhere, or the values be computed."""
    migra: frozenset[str] = frozenset()
    """The verbs (create, drop, replace) that migra writes; the rest is written by this file."""
    migra_when: Callable[[F, Context], bool] = lambda fact, ctx: True
    """Facts that migra writes right."""
    why_not_migra: str = ""
    cannot: Mapping[str, str] = MappingProxyType({})
    """What others of its like can and this one cannot, each with its reason: alter (in place), replace,
    comment, owner, privileges."""
    ignored: Mapping[str, str] = MappingProxyType({})
    """Fields that are no part of equality, each with its reason."""

    secrets: Secrets[F] | None = None

    @property
    def names_roles(self) -> bool:
        """Whether facts of this kind may name roles."""
        return self.roles is not _nothing

    @property
    def names_tablespaces(self) -> bool:
        """Whether facts of this kind may name tablespaces."""
        return self.tablespaces is not _nothing


def renaming[F: Fact](kind: Kind[F], fact: F, new: str) -> Sequence[str]:
    """The statements that give a fact another name."""
    if kind.rename is not None:
        return kind.rename(fact, new)
    assert kind.address is not None, f"{kind.name} has no address"
    return [f"alter {kind.address(fact)} rename to {ident(new)}"]


def listed(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """Options that went and options that came or changed, of two ``name=value`` lists."""
    gone = [o for o in before if o.split("=", 1)[0] not in {x.split("=", 1)[0] for x in after}]
    return gone, [o for o in after if o not in before]
