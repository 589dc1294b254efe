"""The cases can be walked on another major: SCHEMADIFF_TEST_BINARIES names a folder with its programs."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from schemadiff.scratch import ScratchServer, scratch_server


@pytest.fixture(scope="session")
def server() -> Iterator[ScratchServer]:
    with scratch_server(os.environ.get("SCHEMADIFF_TEST_BINARIES")) as started:
        yield started
