"""A value of JSON → frozen dataclasses, strictly: every field there, of its annotated type, and no other.

What a plan file means is ``_plan``'s; whether it is what was written there, the seal says, which is a hash and
no signature: whoever can write the file can seal it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeAliasType, get_args, get_origin, get_type_hints

SCALARS = (str, int, float, bool)


class Misshapen(ValueError):
    """A value that cannot be what it should be, with where it stands."""


def made[T](wanted: type[T], value: Any, where: str = "") -> T:
    """The value as an instance of a type: a dataclass, a named tuple, a tuple of some type, or a scalar.

    Fields with a default may be missing. Raises Misshapen."""
    return _made(wanted, value, where)  # type: ignore[no-any-return]


def _made(wanted: Any, value: Any, where: str) -> Any:
    if isinstance(wanted, TypeAliasType):
        wanted = wanted.__value__
    origin = get_origin(wanted)
    if origin is UnionType:
        return None if value is None and NoneType in get_args(wanted) else _of_union(wanted, value, where)
    if origin is tuple:
        return _tuple(get_args(wanted), value, where)
    if wanted in SCALARS:
        return _scalar(wanted, value, where)
    if is_dataclass(wanted):
        return _dataclass(wanted, value, where)
    if issubclass(wanted, tuple):
        hints = tuple(get_type_hints(wanted).values())
        return wanted(*_tuple(hints, value, where))
    raise TypeError(f"{where}: no JSON for {wanted}")


def _of_union(wanted: Any, value: Any, where: str) -> Any:
    (rest,) = [each for each in get_args(wanted) if each is not NoneType]
    return _made(rest, value, where)


def _tuple(parts: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Misshapen(f"{where}: no list")
    if parts[1:] == (...,):
        parts = (parts[0],) * len(value)
    if len(parts) != len(value):
        raise Misshapen(f"{where}: {len(value)} values instead of {len(parts)}")
    return tuple(
        _made(part, v, f"{where}[{n}]") for n, (part, v) in enumerate(zip(parts, value, strict=True))
    )


def _scalar(wanted: type, value: Any, where: str) -> Any:
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise Misshapen(f"{where}: a {type(value).__name__}, no {wanted.__name__}")
    if isinstance(value, str) and ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value)):
        raise Misshapen(f"{where}: holds what is no text of PostgreSQL's")
    return value


def _dataclass(wanted: Any, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise Misshapen(f"{where or 'the whole'}: no object")
    known = {f.name: f for f in fields(wanted) if f.init}
    unknown = sorted(value.keys() - known.keys())
    missing = sorted(n for n, f in known.items() if n not in value and _is_needed(f))
    if unknown or missing:
        said = f"unknown {', '.join(unknown)}" if unknown else f"{', '.join(missing)} missing"
        raise Misshapen(f"{where or 'the whole'}: {said}")
    hints = get_type_hints(wanted)
    return wanted(**{n: _made(hints[n], v, f"{where}.{n}".lstrip(".")) for n, v in value.items()})


def _is_needed(f: Field[Any]) -> bool:
    return f.default is MISSING and f.default_factory is MISSING
