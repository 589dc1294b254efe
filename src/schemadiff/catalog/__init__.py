"""Reading catalogs from PostgreSQL, and writing them down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import loading

if TYPE_CHECKING:
    from ._addresses import Addresses
    from ._connect import connect, masked, parameters
    from ._contents import Contents, contents, seed
    from ._fingerprint import fingerprint, fingerprints
    from ._json import from_json, made_of, to_json, written
    from ._line import Line, line
    from ._packed import pack, unpack
    from ._read import is_worth_keeping, read_addressed, read_catalog, read_from, read_over
    from ._secrets import filled, hidden, hidden_change, left_open, without_secrets
    from ._skeleton import skeleton
    from ._spelling import spelled_alike
    from ._usage import Usage, usage

__all__ = [
    "Addresses",
    "Contents",
    "Line",
    "Usage",
    "connect",
    "contents",
    "filled",
    "fingerprint",
    "fingerprints",
    "from_json",
    "hidden",
    "hidden_change",
    "is_worth_keeping",
    "left_open",
    "line",
    "made_of",
    "masked",
    "pack",
    "parameters",
    "read_addressed",
    "read_catalog",
    "read_from",
    "read_over",
    "seed",
    "skeleton",
    "spelled_alike",
    "to_json",
    "unpack",
    "usage",
    "without_secrets",
    "written",
]

__getattr__ = loading(
    __name__,
    {
        "_addresses": ("Addresses",),
        "_connect": ("connect", "masked", "parameters"),
        "_fingerprint": ("fingerprint", "fingerprints"),
        "_json": ("from_json", "made_of", "to_json", "written"),
        "_line": ("Line", "line"),
        "_packed": ("pack", "unpack"),
        "_contents": ("Contents", "contents", "seed"),
        "_read": ("is_worth_keeping", "read_addressed", "read_catalog", "read_from", "read_over"),
        "_secrets": ("filled", "hidden", "hidden_change", "left_open", "without_secrets"),
        "_skeleton": ("skeleton",),
        "_spelling": ("spelled_alike",),
        "_usage": ("Usage", "usage"),
    },
)
