"""A line to PostgreSQL that can be cut at the worst moment: after the commit was done, before anybody was told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Line:
    """Stands between an application and the socket of its database; `loses` names the COMMIT whose answer is lost."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.folder, self._server = folder, server
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / ".s.PGSQL.5432"))
        self._door.listen()
        self._sockets: list[socket.socket] = [self._door]
        self._threads: list[threading.Thread] = []
        self._until_the_loss = 0
        self.lost = False

    def loses(self, nth: int) -> None:
        self._until_the_loss = nth

    def open(self) -> None:
        self._start(self._answer)

    def close(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join()

    def _start(self, act: object, *arguments: object) -> None:
        self._threads.append(threading.Thread(target=act, args=arguments))  # type: ignore[arg-type]
        self._threads[-1].start()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                application, _ = self._door.accept()
                database = socket.socket(socket.AF_UNIX)
                database.connect(str(self._server))
                self._sockets += [application, database]
                is_lost = threading.Event()
                self._start(self._carry, application, database, is_lost)
                self._start(self._carry_back, database, application, is_lost)

    def _carry(self, application: socket.socket, database: socket.socket, is_lost: threading.Event) -> None:
        with suppress(OSError):
            while said := application.recv(65536):
                if b"COMMIT" in said and self._until_the_loss:
                    self._until_the_loss -= 1
                    if not self._until_the_loss:
                        is_lost.set()
                database.sendall(said)
            database.shutdown(socket.SHUT_WR)

    def _carry_back(self, database: socket.socket, application: socket.socket, is_lost: threading.Event) -> None:
        with suppress(OSError):
            while (said := database.recv(65536)) and not is_lost.is_set():
                application.sendall(said)
            self.lost |= is_lost.is_set()
            application.shutdown(socket.SHUT_RDWR)


@contextmanager
def line(folder: Path, server: Path) -> Iterator[Line]:
    found = Line(folder, server)
    found.open()
    try:
        yield found
    finally:
        found.close()
