"""A server of each major before the embedded one's. One without binaries here is skipped, with what fetches them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schemadiff._snapshots import MAJORS
from schemadiff.scratch import ScratchServer, scratch_server
from schemadiff.scratch.binaries import of_major
from schemadiff.scratch.processes import server_user


@pytest.fixture(scope="module", params=[major for major in MAJORS if major < 18])
def older(request: pytest.FixtureRequest) -> Iterator[tuple[ScratchServer, str]]:
    """A server of a major before the embedded one's, and the folder of its binaries."""
    major = request.param
    found = of_major(major, server_user())
    if found is None:
        pytest.skip(
            f"no PostgreSQL {major} on this machine: install it, or: schemadiff scratch install {major}"
        )
    with scratch_server(str(found.bin)) as server:
        assert server.major == major
        yield server, str(found.bin)
