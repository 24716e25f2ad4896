"""The demo: everything on one machine, stopped together, and a practice whose story shows what the product is for."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import click

from commands import database, embedded, story
from commands.serving import end, end_with_parent
from commands.settings import Settings, SettingsWrong, new_secret, read
from models.files import Files

SLUG = "riverside-advocacy"
STOP_SECONDS = 30
# The request of another program, Ctrl-C, a terminal that is closed.
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked for the end. No `except Exception` on the way may take it for a fault."""


def run(settings: Settings, environ: Mapping[str, str]) -> None:
    """Runs until Ctrl-C, SIGTERM, or the end of one of its processes; then stops all of it, the database too."""
    for name in ENDINGS:
        signal.signal(name, _stop)
    with contextlib.suppress(Stopped), _database(settings, environ) as (admin_url, app_url):
        database.migrate(admin_url, app_url)
        environment = _environment(settings, environ, app_url)
        # A story that is cut off would be taken for a whole one: the end waits the two seconds that it takes.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
        files = Files(read(environment, "FILES_URL", "DATA_DIR").files_url)
        told = story.tell(app_url, environment["SECRET_KEY"], environment["BASE_URL"], slug=SLUG, files=files)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
        with _process("serve", environment) as serve, _process("worker", environment) as worker:
            _wait_until_up(settings, [serve, worker])
            _say_where(environment["BASE_URL"].rstrip("/"), kept=not environ.get("SMTP_URL"), told=told)
            while serve.poll() is None and worker.poll() is None:
                time.sleep(0.5)
            raise click.ClickException("One of the processes ended; see above.")


def _stop(*_: Any) -> None:
    # Once is enough: whoever presses Ctrl-C twice must not leave a database behind.
    for name in ENDINGS:
        signal.signal(name, signal.SIG_IGN)
    raise Stopped


@contextlib.contextmanager
def _database(settings: Settings, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The addresses of the database, for its owner and for the application."""
    if app_url := environ.get("DATABASE_URL"):
        admin_url = environ.get("DATABASE_ADMIN_URL")
        if not admin_url:
            raise SettingsWrong(["DATABASE_ADMIN_URL is missing: with DATABASE_URL, the demo needs the migrating role too."])
        yield admin_url, app_url
        return
    try:
        with embedded.running(settings.data_dir) as server:
            yield server.admin_url, server.app_url
    except embedded.NoEmbeddedDatabase as missing:
        raise SettingsWrong([str(missing)]) from None


def _environment(settings: Settings, environ: Mapping[str, str], app_url: str) -> dict[str, str]:
    """What its processes are told. The secret is made once and kept beside the data."""
    secret_file = settings.data_dir / "secret_key"
    if not secret_file.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        secret_file.touch(mode=0o600)
        secret_file.write_text(new_secret())
    found = {
        "SECRET_KEY": secret_file.read_text(),
        "BASE_URL": f"http://{settings['HOST']}:{settings['PORT']}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "LOG_LEVEL": "warning",
        "LOG_FORMAT": "text",
        "PROCESSES": "1",
        **environ,
        "DATABASE_URL": app_url,
        "FOLLOWTHROUGH_DEMO_SLUG": SLUG,
    }
    found.pop("DATABASE_ADMIN_URL", None)
    if not environ.get("SMTP_URL"):
        found["FOLLOWTHROUGH_KEPT_MAIL"] = str(settings.data_dir / "mail")
    return found


@contextlib.contextmanager
def _process(command: str, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    # A group of its own: Ctrl-C reaches this process alone, which then stops the others in order.
    process = subprocess.Popen(  # noqa: S603  (this very program)
        [sys.executable, "-m", "commands", command],
        env=dict(environment),
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    try:
        yield process
    finally:
        end(process, STOP_SECONDS)


def _wait_until_up(settings: Settings, processes: "list[subprocess.Popen[bytes]]") -> None:
    health = f"http://{settings['HOST']}:{settings['PORT']}/health"
    for _ in range(1200):
        if any(process.poll() is not None for process in processes):
            raise click.ClickException("One of the processes did not start; see above.")
        with contextlib.suppress(URLError, OSError, ValueError), urlopen(health, timeout=2) as answer:
            if json.load(answer)["status"] == "ok":
                return
        time.sleep(0.1)
    raise click.ClickException(f"Nothing answers on port {settings['PORT']}.")


def _say_where(base_url: str, *, kept: bool, told: Mapping[str, str]) -> None:
    click.echo(
        f"\nFollowthrough runs at {base_url}\n\n"
        f"  {base_url}/demo        the practice's website: book a consultation\n"
        f"  {base_url}/docs        the API, readable\n"
        + (f"  {base_url}/dev/mail    every mail it sends\n" if kept else "")
        + f"\nSign in: POST {base_url}/api/v1/auth/login\n"
        + "".join(f"  {who:<10} {address}\n" for who, address in told.items() if who != "password")
        + f"  password   {told['password']}\n\nCtrl-C ends it.\n"
    )
