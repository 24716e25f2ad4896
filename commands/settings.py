"""The settings: the only place that reads the environment. What is wrong or missing is said in one sentence each."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from domain.email_address import EmailInvalid, normalized
from domain.outbound import Address, allowed_in
from domain.webhook_signature import SecretInvalid, key_of

LEAST_SECRET_BYTES = 32
LEAST_TOKEN = 16
# As browsers send it: what is not ASCII is written as xn--. Names within a network of containers may have a _.
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*", re.IGNORECASE)


class SettingsWrong(Exception):
    """The settings do not do; one sentence for each that is wrong or missing."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = list(sentences)


@dataclass(frozen=True)
class Setting:
    """A setting: its name in the environment, what it is for, and what it is unless set."""

    name: str
    meaning: str
    default: str | None = None


SETTINGS = (
    Setting("DATABASE_URL", "the PostgreSQL database as the application signs in: postgresql://user:password@host/name"),
    Setting("DATABASE_POOLER", "transaction: PgBouncer or its like is in between, in transaction mode; none", "none"),
    Setting("DATABASE_ADMIN_URL", "the same database as the migrating role (BYPASSRLS) signs in; for migrate, backup, restore"),
    Setting("SECRET_KEY", f"at least {LEAST_SECRET_BYTES} random characters: signs tokens and links, hides kept answers"),
    Setting("SECRET_KEY_PREVIOUS", "the secret before this one, accepted until what it signed has expired", ""),
    Setting("BASE_URL", "the address under which people reach this server; links in mails are built from it"),
    Setting("ALLOWED_HOSTS", "further host names this server answers for, with commas between", ""),
    Setting("HOST", "the address to listen on", "127.0.0.1"),
    Setting("PORT", "the port to listen on", "8000"),
    Setting("DATA_DIR", "where the embedded database and files are", ".data"),
    Setting("FILES_URL", "where documents are kept: file:///folder or s3://bucket/folder; files in DATA_DIR unless set", ""),
    Setting("SMTP_URL", "the mail server: smtp://user:password@host:port, or smtps:// for TLS from the start"),
    Setting("MAIL_FROM", "the sender's address of every mail; followthrough@ the host of BASE_URL unless set", ""),
    Setting("INBOUND_MAIL_DOMAIN", "the domain of the addresses at which mail about cases comes in; unset, none does", ""),
    Setting(
        "INBOUND_MAIL_SECRET", "whsec_ and base64: signs the hook of a mail provider; two with a comma while it changes", ""
    ),
    Setting("SIGNUP", "open: anybody can register a practice; closed: nobody", "open"),
    Setting("TRUSTED_PROXIES", "how many proxies in front of it are believed when they say whose request it is", "0"),
    Setting("RATE_LIMIT_URL", "where public requests are counted: memory (of each process), or redis://host:port", "memory"),
    Setting("PUBLIC_POSTS_A_MINUTE", "public requests that write, from one address, in a minute", "60"),
    Setting("PUBLIC_POSTS_AN_HOUR", "public requests that write, from one address, in an hour", "600"),
    Setting("PUBLIC_GETS_A_MINUTE", "public requests that read, from one address, in a minute", "300"),
    Setting("KEY_REQUESTS_A_MINUTE", "requests with one API key in a minute", "1000"),
    Setting("EGRESS_ALLOW", "address:port, with commas between: what may be called though it is not on the Internet", ""),
    Setting("PROCESSES", "processes that serve the API; one for each processor that it may use unless set", ""),
    Setting("THREADS", "threads of each process", "4"),
    Setting("LOG_LEVEL", "debug, info, warning or error", "info"),
    Setting("LOG_FORMAT", "json: an object a line, for programs; text: for people", "json"),
    Setting("METRICS_TOKEN", f"at least {LEAST_TOKEN} characters: who sends them may read /metrics; unset, nobody", ""),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True)
class Settings:
    """Settings that were asked for, each read and checked."""

    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    @property
    def secret_keys(self) -> list[bytes]:
        return [self[name].encode() for name in ("SECRET_KEY", "SECRET_KEY_PREVIOUS") if self[name]]

    @property
    def rate_limit_url(self) -> str:
        return "memory://" if self["RATE_LIMIT_URL"] == "memory" else self["RATE_LIMIT_URL"]

    @property
    def allowed_hosts(self) -> list[str]:
        return [host.strip().lower() for host in self["ALLOWED_HOSTS"].split(",") if host.strip()]

    @property
    def egress_allow(self) -> frozenset[tuple[Address, int]]:
        return allowed_in(self["EGRESS_ALLOW"])

    @property
    def base_url(self) -> str:
        return self["BASE_URL"].rstrip("/")

    @property
    def mail_from(self) -> str:
        return self["MAIL_FROM"] or f"followthrough@{urlsplit(self.base_url).hostname}"

    @property
    def inbound_mail_keys(self) -> list[bytes]:
        return [key_of(secret.strip()) for secret in self["INBOUND_MAIL_SECRET"].split(",") if secret.strip()]

    @property
    def prepares(self) -> bool:
        """Whether statements may be prepared on the database server."""
        return self["DATABASE_POOLER"] == "none"

    @property
    def data_dir(self) -> Path:
        return Path(self["DATA_DIR"]).resolve()

    @property
    def files_url(self) -> str:
        parts = urlsplit(self["FILES_URL"])
        # What takes it from here knows nothing of percent-encoding in the path of a folder.
        return unquote(parts.path) if parts.scheme == "file" else self["FILES_URL"] or str(self.data_dir / "files")


def read(environ: Mapping[str, str], *needed: str) -> Settings:
    """The needed settings, from the environment or their defaults. Raises `SettingsWrong`."""
    values: dict[str, str] = {}
    wrong: list[str] = []
    for name in needed:
        setting = _BY_NAME[name]
        value = environ.get(name) or setting.default
        if value is None:
            wrong.append(f"{name} is missing: {setting.meaning}.")
            continue
        fault = _fault(name, value)
        if fault:
            wrong.append(f"{name} {fault}: {setting.meaning}.")
        values[name] = value
    if wrong:
        raise SettingsWrong(wrong)
    return Settings(values)


def _fault(name: str, value: str) -> str | None:
    if not value or name not in _CHECKS:
        return None
    try:
        return _CHECKS[name](value)
    except ValueError:
        return "cannot be read as an address"


def given(environ: Mapping[str, str]) -> list[str]:
    """The settings that the environment names: what is there has to be right, wherever it is used."""
    return [setting.name for setting in SETTINGS if environ.get(setting.name)]


def new_secret() -> str:
    """A secret for an installation that makes its own (the demo)."""
    return secrets.token_urlsafe(48)


def _database(value: str) -> str | None:
    if urlsplit(value).scheme not in ("postgresql", "postgres"):
        return "is no address of a PostgreSQL database"
    try:
        conninfo_to_dict(value)
    except ProgrammingError:
        return "cannot be read as an address (is something in it not percent-encoded?)"
    return None


def _secret(value: str) -> str | None:
    return None if len(value.encode()) >= LEAST_SECRET_BYTES else f"is shorter than {LEAST_SECRET_BYTES} bytes"


def _counter(value: str) -> str | None:
    parts = urlsplit(value)
    if value == "memory":
        return None
    _ = parts.port  # raises ValueError for one that cannot be
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        return "is neither memory nor an address that begins with redis:// or rediss://"
    return None if find_spec("redis") else "needs a package that is not installed (install followthrough[redis])"


def _token(value: str) -> str | None:
    if len(value) < LEAST_TOKEN:
        return f"is shorter than {LEAST_TOKEN} characters"
    fits = value.isascii() and value.isprintable() and " " not in value
    return None if fits else "holds characters that a header cannot carry"


def _address(value: str) -> str | None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is no address that begins with http:// or https://"
    if parts.port == 0 or not _is_host(parts.hostname) or " " in value or not value.isprintable():
        return "cannot be read as an address"
    if "@" in parts.netloc or "?" in value or "#" in value:
        return "is more than an address: no user, no ? and no # belong in it"
    return None


def _hosts(value: str) -> str | None:
    wrong = [host for host in value.split(",") if host.strip() and not _is_host(host.strip())]
    return "holds what is no host name (practice.example, without https://, port or *)" if wrong else None


def _exceptions(value: str) -> str | None:
    try:
        allowed_in(value)
    except ValueError:
        return "holds what is no address with a port (10.0.0.7:8080 or [fd00::7]:8080; no names)"
    return None


def _is_host(value: str) -> bool:
    """Whether it is a host name or an IP address, as `urlsplit` gives them."""
    try:
        ip_address(value)
    except ValueError:
        return len(value) <= 253 and _HOST.fullmatch(value) is not None
    return True


def _domain(value: str) -> str | None:
    if "." in value and _is_host(value) and not value.replace(".", "").isdigit() and ":" not in value:
        return None
    return "is no domain (cases.practice.example, without @)"


def _hook_secret(value: str) -> str | None:
    try:
        keys = [key_of(secret.strip()) for secret in value.split(",") if secret.strip()]
    except SecretInvalid as wrong:
        return f"is not {wrong}"
    return None if keys else "names no secret"


def _listening(value: str) -> str | None:
    try:
        ip_address(value)
    except ValueError:
        return "is no IP address (127.0.0.1 for this machine alone, 0.0.0.0 for all networks)"
    return None


def _sender(value: str) -> str | None:
    try:
        normalized(value)
    except EmailInvalid:
        return "is no e-mail address"
    return None


def _mail_server(value: str) -> str | None:
    parts = urlsplit(value)
    _ = parts.port  # raises ValueError for one that cannot be
    return (
        None if parts.scheme in ("smtp", "smtps") and parts.hostname else "is no address that begins with smtp:// or smtps://"
    )


def _files(value: str) -> str | None:
    parts = urlsplit(value)
    is_folder = parts.scheme == "file" and not parts.netloc and parts.path.startswith("/")
    if not (is_folder or (parts.scheme == "s3" and parts.netloc)):
        return "is no address that begins with file:/// or s3://"
    return None if is_folder or find_spec("s3fs") else "needs a package that is not installed (install followthrough[s3])"


def _number(least: int, most: int) -> Callable[[str], str | None]:
    def check(value: str) -> str | None:
        ok = value.isascii() and value.isdigit() and least <= int(value) <= most
        return None if ok else f"is no whole number from {least} to {most}"

    return check


def _one_of(*choices: str) -> Callable[[str], str | None]:
    return lambda value: None if value in choices else f"is none of {', '.join(choices)}"


_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "DATABASE_URL": _database,
    "DATABASE_POOLER": _one_of("none", "transaction"),
    "DATABASE_ADMIN_URL": _database,
    "SECRET_KEY": _secret,
    "SECRET_KEY_PREVIOUS": _secret,
    "BASE_URL": _address,
    "ALLOWED_HOSTS": _hosts,
    "HOST": _listening,
    "PORT": _number(1, 65535),
    "FILES_URL": _files,
    "SMTP_URL": _mail_server,
    "MAIL_FROM": _sender,
    "INBOUND_MAIL_DOMAIN": _domain,
    "INBOUND_MAIL_SECRET": _hook_secret,
    "SIGNUP": _one_of("open", "closed"),
    "TRUSTED_PROXIES": _number(0, 10),
    "RATE_LIMIT_URL": _counter,
    "PUBLIC_POSTS_A_MINUTE": _number(1, 10**9),
    "PUBLIC_POSTS_AN_HOUR": _number(1, 10**9),
    "PUBLIC_GETS_A_MINUTE": _number(1, 10**9),
    "KEY_REQUESTS_A_MINUTE": _number(1, 10**9),
    "EGRESS_ALLOW": _exceptions,
    "PROCESSES": _number(1, 256),
    "THREADS": _number(1, 256),
    "LOG_LEVEL": _one_of("debug", "info", "warning", "error"),
    "LOG_FORMAT": _one_of("json", "text"),
    "METRICS_TOKEN": _token,
}
