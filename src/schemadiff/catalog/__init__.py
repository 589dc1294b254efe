"""Reading catalogs from PostgreSQL, and writing them down."""

from ._json import fingerprint, from_json, made_of, to_json
from ._read import read_catalog, read_from

__all__ = ["fingerprint", "from_json", "made_of", "read_catalog", "read_from", "to_json"]
