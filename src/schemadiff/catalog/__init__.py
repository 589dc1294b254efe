"""Reading catalogs from PostgreSQL, and writing them down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import loading

if TYPE_CHECKING:
    from ._connect import connect, masked
    from ._contents import contents, seed
    from ._json import fingerprint, fingerprints, from_json, made_of, pack, to_json, unpack
    from ._read import is_large, read_addressed, read_catalog, read_from, read_over
    from ._secrets import filled, hidden, hidden_change, left_open, without_secrets
    from ._skeleton import skeleton
    from ._spelling import spelled_alike
    from ._usage import Usage, usage

__all__ = [
    "Usage",
    "connect",
    "contents",
    "filled",
    "fingerprint",
    "fingerprints",
    "from_json",
    "hidden",
    "hidden_change",
    "is_large",
    "left_open",
    "made_of",
    "masked",
    "pack",
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
]

__getattr__ = loading(
    __name__,
    {
        "_connect": ("connect", "masked"),
        "_json": ("fingerprint", "fingerprints", "from_json", "made_of", "pack", "to_json", "unpack"),
        "_contents": ("contents", "seed"),
        "_read": ("is_large", "read_addressed", "read_catalog", "read_from", "read_over"),
        "_secrets": ("filled", "hidden", "hidden_change", "left_open", "without_secrets"),
        "_skeleton": ("skeleton",),
        "_spelling": ("spelled_alike",),
        "_usage": ("Usage", "usage"),
    },
)
