"""The database of an installation: migrated by its owner, used by a login that can own and bypass nothing."""

import contextlib
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import create_engine

from models.database import SESSION
from models.tenancy import APP_ROLE, LOBBY_ROLE, WORKER_ROLE

ROLES = (APP_ROLE, LOBBY_ROLE, WORKER_ROLE)
ATTEMPTS = 20


class Unsafe(Exception):
    """It must not be done so, or not by this role: the sentence says why, and what to do."""


class Busy(Exception):
    """The migration got no lock. It stands between two revisions, neither of which is half done."""


def migrate(admin_url: str, app_url: str | None, *, to: str = "head") -> str:
    """Brings the database to a revision as its owner, and prepares the application's login. Raises `Unsafe`.

    Gives the revision that the database is at then. What can be refused is refused before anything is done.
    """
    goal = revisions()[-1] if to == "head" else to
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _refuse_blind_owner(admin)
        if app_url:
            _login_of(admin, app_url)
        _refuse_who_makes_no_roles(admin, app_url)
        present = _revision(admin)
        if _place(present) > _place(goal):
            raise Unsafe(f"The database is at revision {present}, beyond {goal}: only `migrate --down --to {goal}` goes back.")
    with _engine(admin_url) as engine, engine.connect() as connection:
        _patiently(connection, command.upgrade, goal)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        if app_url:
            _prepare_login(admin, app_url)
        return _revision(admin)


def downgrade(admin_url: str, to: str) -> str:
    """Takes the database back to a revision as its owner. Gives the revision that it is at then. Raises `Unsafe`."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _refuse_blind_owner(admin)
        present = _revision(admin)
        if _place(present) < _place(to):
            raise Unsafe(f"The database is at revision {present}, behind {to}: `migrate` without --down goes forward.")
    with _engine(admin_url) as engine, engine.connect() as connection:
        _patiently(connection, command.downgrade, to)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        return _revision(admin)


def revisions() -> list[str]:
    """Every revision that this release knows, in order; the last is what it needs."""
    known = ScriptDirectory.from_config(_alembic(None)).walk_revisions()
    return [revision.revision for revision in known][::-1]


def _place(revision: str) -> int:
    """How far on a revision is; raises `Unsafe` for one that this release does not know."""
    known = ["base", *revisions()]
    if revision not in known:
        raise Unsafe(f"This release knows no revision {revision}, only {', '.join(known)}. A later release may know it.")
    return known.index(revision)


def _revision(connection: psycopg.Connection) -> str:
    if connection.execute("select to_regclass('public.alembic_version')").fetchone() == (None,):
        return "base"
    row = connection.execute("select version_num from public.alembic_version").fetchone()
    return str(row[0]) if row else "base"


def print_sql() -> None:
    """Every migration as SQL on standard output: what the linter reads, and a careful operator."""
    command.upgrade(_alembic(None), "head", sql=True)


def refuse_unsafe_login(app_url: str, *, pooler: str = "none") -> None:
    """Raises `Unsafe` for a login that could get past row security, owns what it works with, or lacks its limits.

    And for a database that this release cannot work with: it is behind, or nobody said that there is a pooler.
    """
    with psycopg.connect(app_url, autocommit=True, connect_timeout=10, prepare_threshold=None) as connection:
        _refuse_unknown_pooler(connection, pooler)
        login = connection.execute("select session_user").fetchone()
        assert login is not None
        for role in (login[0], *ROLES):
            found = connection.execute(
                "select rolsuper or rolbypassrls, exists (select from pg_class where relowner = pg_roles.oid)"
                " from pg_roles where rolname = %s",
                [role],
            ).fetchone()
            if found is None:
                raise Unsafe(f"The role {role} does not exist: run `followthrough migrate` first.")
            if found[0]:
                raise Unsafe(f"The role {role} can bypass row security: use a login without SUPERUSER and BYPASSRLS.")
            if found[1]:
                raise Unsafe(f"The role {role} owns tables: tables belong to the migrating role alone.")
        owner = connection.execute(
            "select rolname from pg_roles where pg_has_role(session_user, oid, 'member') and exists"
            " (select from pg_class where relowner = pg_roles.oid)"
        ).fetchone()
        if owner:
            raise Unsafe(f"The role {login[0]} may become {owner[0]}, which owns tables: revoke that.")
        makes_roles = connection.execute("select rolcreaterole from pg_roles where rolname = session_user").fetchone()
        if makes_roles and makes_roles[0]:
            raise Unsafe(f"The role {login[0]} may make roles, and so give itself any: alter it to NOCREATEROLE.")
        member = connection.execute(
            "select rolname from pg_roles where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'member')"
        ).fetchone()
        if member:
            raise Unsafe(f"The role {login[0]} may become {member[0]}, which can bypass row security: revoke that.")
        inherits = connection.execute("select rolinherit from pg_roles where rolname = session_user").fetchone()
        if inherits and inherits[0]:
            raise Unsafe(f"The role {login[0]} inherits what its roles may: alter it to NOINHERIT, or run `migrate`.")
        _refuse_session_without_limits(connection, login[0])
        _refuse_old_database(connection)


def _refuse_unknown_pooler(connection: psycopg.Connection, pooler: str) -> None:
    # A pooler invents a process id for its client; the server tells the true one.
    server = connection.execute("select pg_backend_pid()").fetchone()
    if pooler == "none" and server and server[0] != connection.info.backend_pid:
        raise Unsafe("There is a pooler in front of the database: set DATABASE_POOLER to transaction.")


def _refuse_session_without_limits(connection: psycopg.Connection, login: str) -> None:
    for setting, ours in SESSION.items():
        found = connection.execute("select current_setting(%s)", [setting]).fetchone()
        # An operator may choose other limits, but not none; and instants are written in the zone of the session.
        if found and (found[0] != ours if setting == "timezone" else found[0] == "0"):
            raise Unsafe(
                f"Sessions of {login} have {setting} = {found[0]}: run `migrate` with this DATABASE_URL,"
                f" or alter role {login} set {setting} = '{ours}', and have a pooler connect anew."
            )


def _refuse_old_database(connection: psycopg.Connection) -> None:
    try:
        with connection.transaction():
            connection.execute("select enter_lobby()")
            found = connection.execute("select version_num from alembic_version").fetchone()
    except (psycopg.errors.UndefinedFunction, psycopg.errors.UndefinedTable):
        found = None
    if found is None:
        raise Unsafe("The database is empty: run `followthrough migrate` first.")
    # One that is ahead of this release is not refused: while releases change, the old one goes on until the new one is up.
    if found[0] in revisions()[:-1]:
        raise Unsafe(f"The database is at revision {found[0]}, older than this release: run `followthrough migrate` first.")


@contextlib.contextmanager
def _engine(url: str) -> Iterator[sqlalchemy.Engine]:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))
    try:
        yield engine
    finally:
        engine.dispose()


def _patiently(connection: sqlalchemy.Connection, move: Callable[[Config, str], None], to: str) -> None:
    """Whoever reads goes first: a move that gets no lock in time gives way, and comes again."""
    for _ in range(ATTEMPTS):
        try:
            return move(_alembic(connection), to)
        except sqlalchemy.exc.OperationalError as error:
            connection.rollback()
            if not isinstance(error.orig, psycopg.errors.LockNotAvailable):
                raise
    raise Busy(f"Somebody reads without an end: no lock in {ATTEMPTS} attempts. Look at pg_stat_activity, and run it again.")


def _alembic(connection: sqlalchemy.Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(str(files("migrations")))))
    config.attributes["connection"] = connection
    return config


def _refuse_blind_owner(admin: psycopg.Connection) -> None:
    row = admin.execute("select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user").fetchone()
    assert row is not None
    if not row[1]:
        # Under forced row security it would change no rows in a data migration, and say nothing.
        raise Unsafe(f"The role {row[0]} of DATABASE_ADMIN_URL is subject to row security: alter it to BYPASSRLS.")


def _refuse_who_makes_no_roles(admin: psycopg.Connection, app_url: str | None) -> None:
    row = admin.execute(
        "select current_user, rolsuper or rolcreaterole, (select count(*) from pg_roles where rolname = any(%s))"
        " from pg_roles where rolname = current_user",
        [list(ROLES)],
    ).fetchone()
    assert row is not None
    if not row[1] and (app_url or row[2] < len(ROLES)):
        raise Unsafe(f"The role {row[0]} of DATABASE_ADMIN_URL may make no roles, and has to: alter it to CREATEROLE.")


def _login_of(admin: psycopg.Connection, app_url: str) -> tuple[str, str | None]:
    """Name and password of the application's login, as libpq reads them. Raises `Unsafe` where it must not be that."""
    said = conninfo_to_dict(app_url)
    login = str(said.get("user") or "")
    row = admin.execute("select current_user").fetchone()
    assert row is not None
    if login in ("", row[0], *ROLES):
        raise Unsafe("DATABASE_URL must name a login of its own, neither the migrating role nor one of the low roles.")
    return login, str(said["password"]) if said.get("password") else None


def _prepare_login(admin: psycopg.Connection, app_url: str) -> None:
    login, password = _login_of(admin, app_url)
    row = admin.execute("select current_database()").fetchone()
    assert row is not None
    name, database = sql.Identifier(login), sql.Identifier(row[0])
    if admin.execute("select from pg_roles where rolname = %s", [login]).fetchone() is None:
        secret = sql.Literal(password) if password else sql.SQL("null")
        admin.execute(sql.SQL("create role {} login noinherit password {}").format(name, secret))
    admin.execute(sql.SQL("alter role {} noinherit").format(name))
    for role in ROLES:
        admin.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), name))
    # What is injected as RESET ROLE finds the low role too, and behind it a login that owns nothing.
    for setting, value in {"role": ROLES[0], **SESSION}.items():
        statement = sql.SQL("alter role {} in database {} set {} = {}")
        admin.execute(statement.format(name, database, sql.Identifier(setting), sql.Literal(value)))
