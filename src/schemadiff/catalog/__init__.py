"""Reading catalogs from PostgreSQL, and writing them down."""

from ._connect import connect, masked
from ._json import fingerprint, from_json, made_of, pack, to_json, unpack
from ._read import Answered, answered, read_addressed, read_catalog, read_from
from ._secrets import filled, hidden, hidden_change, left_open, without_secrets
from ._skeleton import skeleton
from ._spelling import spelled_alike
from ._usage import Usage, usage

__all__ = [
    "Answered",
    "Usage",
    "answered",
    "connect",
    "filled",
    "fingerprint",
    "from_json",
    "hidden",
    "hidden_change",
    "left_open",
    "made_of",
    "masked",
    "pack",
    "read_addressed",
    "read_catalog",
    "read_from",
    "skeleton",
    "spelled_alike",
    "to_json",
    "unpack",
    "usage",
    "without_secrets",
]
