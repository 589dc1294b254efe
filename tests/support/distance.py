"""A server further away: what it answers comes later, and the round trips of its clients are counted."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from queue import SimpleQueue

import psycopg

SECONDS = 0.15
"""How much later an answer comes: long enough for all to be sent that does not wait for it."""


@dataclass(slots=True)
class Distance:
    """``url`` leads to the database over here. A round trip is what is sent once an answer has come."""

    url: str
    trips: int = 0
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, client: socket.socket, server: socket.socket) -> None:
        """Carries both ways until either side ends."""
        answers: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        answered = threading.Event()
        answered.set()
        threads = [
            threading.Thread(target=_take, args=(server, answers)),
            threading.Thread(target=_deliver, args=(client, answers, answered)),
        ]
        with client, server:
            for thread in threads:
                thread.start()
            with suppress(OSError):
                while data := client.recv(65536):
                    if answered.is_set() and data[:1] != b"X":  # nothing answers a farewell
                        answered.clear()
                        with self.lock:
                            self.trips += 1
                    server.sendall(data)
                server.shutdown(socket.SHUT_WR)
            for thread in threads:
                thread.join()


def _take(server: socket.socket, answers: SimpleQueue[tuple[float, bytes]]) -> None:
    data = b"."
    while data:
        try:
            data = server.recv(65536)
        except OSError:
            data = b""
        answers.put((time.monotonic() + SECONDS, data))


def _deliver(
    client: socket.socket, answers: SimpleQueue[tuple[float, bytes]], answered: threading.Event
) -> None:
    while True:
        due, data = answers.get()
        if not data:
            return
        time.sleep(max(0.0, due - time.monotonic()))
        answered.set()
        with suppress(OSError):
            client.sendall(data)


@contextmanager
def distance(url: str) -> Iterator[Distance]:
    """Stands between a database and its clients; the server is reached by a Unix socket."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    place = f"{parts['host']}/.s.PGSQL.{parts.get('port', 5432)}"
    threads: list[threading.Thread] = []
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        host, port = listening.getsockname()
        found = Distance(psycopg.conninfo.make_conninfo(url, host=host, port=port))

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    found.connections += 1
                    server = socket.socket(socket.AF_UNIX)
                    server.connect(place)
                    threads.append(threading.Thread(target=found.carry, args=(client, server)))
                    threads[-1].start()

        accepting = threading.Thread(target=serve)
        accepting.start()
        try:
            yield found
        finally:
            listening.shutdown(socket.SHUT_RDWR)  # wakes who waits for the next one
            accepting.join()
    for thread in threads:
        thread.join()
