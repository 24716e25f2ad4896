"""A real PgBouncer, set up as the page on sizing says, in front of the server of the tests."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from commands.embedded import LOGIN
from tests.conftest import free_port
from tests.promises.processes import wait_until

# Debian puts it where only root looks.
FOUND = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
PAGE = Path(__file__).parents[2] / "docs" / "operations" / "sizing.md"


@dataclass(frozen=True)
class Pooler:
    """A running PgBouncer: any number of clients, `most` connections to the server."""

    port: int
    database: str
    most: int
    folder: Path

    @property
    def url(self) -> str:
        return f"postgresql://{LOGIN}@127.0.0.1:{self.port}/{self.database}"

    def servers(self) -> list[int]:
        """The backends that it holds at this moment."""
        return [int(row[b"remote_pid"]) for row in self._show(b"show servers") if int(row[b"remote_pid"])]

    def clients(self) -> int:
        return sum(1 for row in self._show(b"show clients") if row[b"database"] == self.database.encode())

    def said(self) -> str:
        return (self.folder / "log").read_text()

    def _show(self, what: bytes) -> list[dict[bytes, bytes]]:
        # Its console knows the oldest way to ask, and no other.
        with psycopg.connect(f"postgresql://{LOGIN}@127.0.0.1:{self.port}/pgbouncer", autocommit=True) as console:
            found = console.pgconn.exec_(what)
        names = [found.fname(column) or b"" for column in range(found.nfields)]
        return [
            {name: found.get_value(row, column) or b"" for column, name in enumerate(names)} for row in range(found.ntuples)
        ]


def configuration(host: Path, database: str, port: int, folder: Path, servers: int) -> str:
    """What the page on sizing says, with the addresses, the logins and the size of this test in place of its own."""
    [said] = re.findall(r"^```ini\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    ours = {
        "followthrough": f"host={host} dbname={database}",
        "listen_addr": "127.0.0.1",
        "auth_type": "trust",
        "auth_file": f"{folder}/users",
        "default_pool_size": str(servers),
    }
    for name, value in ours.items():
        # The rest of the line goes with it, but not what makes it no line for PgBouncer.
        said, many = re.subn(rf"^{name} = [^;#\n]*", f"{name} = {value}", said, flags=re.MULTILINE)
        assert many == 1, f"the page says {name} once"
    said = str(said).replace("\nfollowthrough = ", f"\n{database} = ", 1)
    more = {"listen_port": port, "unix_socket_dir": "", "admin_users": LOGIN, "logfile": f"{folder}/log"}
    return said + "".join(f"{name} = {value}\n" for name, value in more.items())


@contextmanager
def pooler(host: Path, database: str, servers: int) -> Iterator[Pooler]:
    """PgBouncer for the database behind the socket in `host`, for as long as the block lasts."""
    assert FOUND is not None
    with tempfile.TemporaryDirectory(prefix="followthrough-pooler-") as name:
        folder, port = Path(name), free_port()
        (folder / "users").write_text(f'"{LOGIN}" ""\n')
        (folder / "pgbouncer.ini").write_text(configuration(host, database, port, folder, servers))
        folder.chmod(0o777)
        # It refuses to run as root; who runs the server reaches its socket.
        who = ["--user", (host / ".s.PGSQL.5432").owner()] if os.geteuid() == 0 else []
        process = subprocess.Popen([FOUND, "--quiet", *who, str(folder / "pgbouncer.ini")])
        try:
            wait_until(lambda: answers(port) or process.poll() is not None, within=10)
            assert process.poll() is None, (folder / "log").read_text()
            yield Pooler(port, database, servers, folder)
        finally:
            process.terminate()
            process.wait()


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
