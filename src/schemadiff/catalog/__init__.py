"""Reading catalogs from PostgreSQL, and writing them down."""

from ._connect import connect, masked
from ._json import fingerprint, from_json, made_of, to_json
from ._read import read_catalog, read_from

__all__ = ["connect", "fingerprint", "from_json", "made_of", "masked", "read_catalog", "read_from", "to_json"]
