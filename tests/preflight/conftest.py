"""The cases can be walked on another major: SCHEMADIFF_TEST_BINARIES names a folder with its programs."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from support.programs import Programs

from schemadiff.scratch import ScratchServer, scratch_server


@pytest.fixture(scope="session")
def binaries() -> str | None:
    """What ``scratch`` says where plans are to be proven on the server under test."""
    return os.environ.get("SCHEMADIFF_TEST_BINARIES")


@pytest.fixture(scope="session")
def server(binaries: str | None) -> Iterator[ScratchServer]:
    with scratch_server(binaries) as started:
        yield started


@pytest.fixture(scope="session")
def programs(server: ScratchServer) -> Programs:
    return Programs.of(server)
