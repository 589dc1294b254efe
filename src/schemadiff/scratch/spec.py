"""The word that says where scratch databases come from, as far as it asks for a sandbox. Starts nothing."""

from __future__ import annotations

from schemadiff.errors import UsageError

SANDBOX = "sandbox"
SCHEMES = ("postgresql://", "postgres://")


def is_given(spec: str | None) -> bool:
    """Whether such a word is the URL of a server, which others may use too."""
    return (spec or "").startswith(SCHEMES)


def is_sandbox(spec: str | None) -> bool:
    """Whether a word on where scratch databases come from asks for a sandbox."""
    return spec == SANDBOX or (spec or "").startswith(SANDBOX + ":")


def sandboxed(spec: str | None) -> str:
    """The word for a sandbox of the same binaries. Raises UsageError for a server that is not ours to make."""
    if spec is not None and is_sandbox(spec):
        return spec
    if spec in (None, "embedded"):
        return SANDBOX
    if "://" in str(spec) or spec == "live":
        raise UsageError(
            f"A sandbox is a server of its own, and {'live' if spec == 'live' else 'a URL'} is none. Leave "
            "--scratch out, or name a folder with PostgreSQL's programs."
        )
    return f"{SANDBOX}:{spec}"


def programs(spec: str | None) -> str | None:
    """The folder of binaries that such a word names, or None."""
    return (spec or "").partition(":")[2] or None
