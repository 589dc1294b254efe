"""Reading catalogs from PostgreSQL, and writing them down."""

from ._connect import connect, masked
from ._json import fingerprint, from_json, made_of, pack, to_json, unpack
from ._read import read_catalog, read_from
from ._skeleton import skeleton

__all__ = [
    "connect",
    "fingerprint",
    "from_json",
    "made_of",
    "masked",
    "pack",
    "read_catalog",
    "read_from",
    "skeleton",
    "to_json",
    "unpack",
]
