"""The catalogue of the migrated database, walked rule by rule (SCALE.md): a table that misses a lock fails here.

Beside each rule stands a sin against it. It is committed in a transaction that is rolled back, to see that the walk finds it.
"""

import re
import warnings
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from commands import database, embedded
from models.everything import METADATA
from tests.walks import each

GLOBAL_TABLES = {"practices", "heartbeats", "alembic_version", "throttles"}
# What a person has, whatever the practice; the first three are locked to the person, or to the practice.
GLOBAL_TABLES |= {"users", "one_time_codes", "recovery_codes", "sign_ins", "refresh_tokens", "password_resets"}
LOW_ROLES = ("followthrough_app", "followthrough_lobby", "followthrough_worker")
LOGIN, OWNER = embedded.LOGIN, embedded.OWNER

TABLES = """
    select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, r.rolname as owner,
           exists (select from pg_attribute a where a.attrelid = c.oid and attname = 'tenant_id' and not attisdropped) as ours
    from pg_class c join pg_roles r on r.oid = c.relowner
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
"""
PRACTICE_TABLES = f"with tables as ({TABLES}) select oid from tables where ours"
# The names of an index's or a key's columns, in order.
NAMES = """array(select coalesce(attname::text, '') from unnest({keys}) with ordinality k(n, i)
    left join pg_attribute on attrelid = {table} and attnum = n and n > 0 order by i)"""

# Each rule: its sentence, a query that gives what breaks it (as one text column), and sins that it has to find.
RULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "global tables are few and known": (
        f"with tables as ({TABLES}) select relname from tables where not ours and relname <> all(%(global_tables)s)",
        ("create table public.sins (id uuid primary key)",),
    ),
    "no known global table is missing, or has become a practice's": (
        f"with tables as ({TABLES}) select name from unnest(%(global_tables)s::text[]) name"
        " where name not in (select relname from tables where not ours)",
        ("drop table heartbeats", "alter table heartbeats add column tenant_id uuid"),
    ),
    "the practice's column is a uuid that is never null": (
        f"""select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
            where c.oid in ({PRACTICE_TABLES}) and (a.atttypid <> 'uuid'::regtype or not a.attnotnull)""",
        (
            "create table public.sins (tenant_id text, id uuid, primary key (tenant_id, id))",
            "create table public.sins (tenant_id uuid)",
        ),
    ),
    "the primary key is (tenant_id, id)": (
        f"""select c.relname from pg_class c where c.oid in ({PRACTICE_TABLES}) and not exists (
            select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p'
            and {NAMES.format(keys="k.conkey", table="c.oid")} = array['tenant_id', 'id'])""",
        (
            "create table public.sins (tenant_id uuid, id uuid primary key)",
            "create table public.sins (tenant_id uuid, id uuid, primary key (id, tenant_id))",
            "create table public.sins (tenant_id uuid, id uuid)",
        ),
    ),
    "every unique or exclusion index contains the practice": (
        f"""select i.indexrelid::regclass::text from pg_index i where i.indrelid in ({PRACTICE_TABLES})
            and (i.indisunique or i.indisexclusion)
            and not 'tenant_id' = any({NAMES.format(keys="i.indkey::int2[]", table="i.indrelid")})""",
        (
            "alter table clients add constraint uq_sin unique (id)",
            "create unique index ux_sin on clients (abs(hashtext(id::text)), id)",
            "alter table bookings add constraint ex_sin"
            " exclude using gist (host_id with =, tstzrange(starts_at, ends_at) with &&)"
            " where (name = 'nobody of other tests')",
        ),
    ),
    "a unique index includes the practice in its key, not beside it": (
        f"""select i.indexrelid::regclass::text from pg_index i where i.indrelid in ({PRACTICE_TABLES})
            and i.indisunique and not 'tenant_id' = any(
                ({NAMES.format(keys="i.indkey::int2[]", table="i.indrelid")})[1:i.indnkeyatts])""",
        ("create unique index ux_sin on clients (id) include (tenant_id)",),
    ),
    "a foreign key between tables of a practice carries the practice on both sides": (
        f"""select k.conname from pg_constraint k where k.contype = 'f'
            and k.conrelid in ({PRACTICE_TABLES}) and k.confrelid in ({PRACTICE_TABLES})
            and not exists (select from unnest(k.conkey, k.confkey) p(mine, theirs)
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = p.mine and a.attname = 'tenant_id'
                join pg_attribute b on b.attrelid = k.confrelid and b.attnum = p.theirs and b.attname = 'tenant_id')""",
        (
            "alter table clients add unique (id);"
            "alter table cases add constraint fk_sin foreign key (client_id) references clients (id)",
        ),
    ),
    "no foreign key of a practice's table sets null or default": (
        f"""select conname from pg_constraint where contype = 'f' and conrelid in ({PRACTICE_TABLES})
            and (confdeltype in ('n', 'd') or confupdtype in ('n', 'd'))""",
        (
            "alter table concerns add constraint fk_sin foreign key (tenant_id, provision_id)"
            " references provisions (tenant_id, id) on delete set null",
        ),
    ),
    "what names another row of a practice has a foreign key": (
        # An id that is not held by the database can point anywhere. What is listed here names no row that has to live on: a
        # link's, a worker's, a time that was held for an address and let go, what an audit entry is about (which may be
        # deleted since), and the person's own sign-in, which is in a global table and looked for by nobody.
        f"""select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            where c.oid in ({PRACTICE_TABLES}) and a.atttypid = 'uuid'::regtype and a.attname not in ('id', 'tenant_id')
            and c.relname || '.' || a.attname <> all(array['messages.link_id', 'messages.booking_id', 'messages.lease_owner',
                'external_calendars.lease_owner', 'document_readings.lease_owner', 'provisions.support_id',
                'audit_entries.row_id', 'audit_entries.sign_in_id', 'packets.lease_owner',
                'access_entries.row_id', 'access_entries.sign_in_id', 'access_entries.reader_id'])
            and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'
                and a.attnum = any(k.conkey))""",
        ("alter table cases add column other_id uuid",),
    ),
    "every practice's table refers to the practice": (
        f"""select c.relname from pg_class c where c.oid in ({PRACTICE_TABLES}) and not exists (
            select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'practices'::regclass
            and {NAMES.format(keys="k.conkey", table="c.oid")} = array['tenant_id'])""",
        ("alter table clients drop constraint fk_clients_practice",),
    ),
    "no global table refers to a practice's table": (
        f"""select conname from pg_constraint where contype = 'f' and confrelid in ({PRACTICE_TABLES})
            and conrelid not in ({PRACTICE_TABLES})""",
        (
            "alter table users add column a uuid, add column b uuid,"
            " add constraint fk_sin foreign key (a, b) references clients (tenant_id, id)",
        ),
    ),
    "row security is enabled and forced": (
        f"with tables as ({TABLES}) select relname from tables where (ours or relname in ('practices', 'sign_ins', 'users',"
        " 'one_time_codes', 'recovery_codes')) and not (relrowsecurity and relforcerowsecurity)",
        (
            "alter table clients no force row level security",
            "alter table clients disable row level security",
            "alter table practices no force row level security",
            "alter table sign_ins disable row level security",
            "alter table users no force row level security",
            "alter table one_time_codes disable row level security",
            "alter table audit_entries no force row level security",
        ),
    ),
    "one-time and recovery codes are open to the lobby, to the person whose they are": (
        """select name from unnest(array['one_time_codes', 'recovery_codes']) name
            where (select count(*) from pg_policy where polrelid = name::regclass) <> 1 or not exists (
                select from pg_policy where polrelid = name::regclass and polcmd = '*' and polpermissive
                and polroles = array['followthrough_lobby'::regrole::oid]
                and pg_get_expr(polqual, polrelid) = %(own)s and pg_get_expr(polwithcheck, polrelid) = %(own)s)""",
        (
            "alter policy one_time_codes_own on one_time_codes using (true)",
            "alter policy recovery_codes_own on recovery_codes with check (true)",
            "alter policy recovery_codes_own on recovery_codes to followthrough_app",
            "create policy sin on one_time_codes to followthrough_worker using (true)",
        ),
    ),
    "a person's password is changed by that person": (
        """select c.relname from pg_class c where c.oid = 'users'::regclass and (select pg_get_expr(polwithcheck, polrelid)
            from pg_policy where polrelid = c.oid and polroles = array['followthrough_lobby'::regrole::oid])
            is distinct from replace(%(own)s::text, 'user_id =', 'id =')""",
        ("alter policy users_themselves on users with check (true)", "drop policy users_themselves on users"),
    ),
    "every practice's table has the practice's policy, for reading and writing": (
        f"""select c.relname from pg_class c where c.oid in ({PRACTICE_TABLES}) and not exists (
            select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive
            and p.polroles = array['followthrough_app'::regrole::oid]
            and pg_get_expr(p.polqual, p.polrelid) = %(ours)s and pg_get_expr(p.polwithcheck, p.polrelid) = %(ours)s)""",
        (
            "drop policy clients_of_practice on clients",
            "alter policy clients_of_practice on clients with check (true)",
            "alter policy clients_of_practice on clients"
            " using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
        ),
    ),
    "a policy names its one role": (
        """select polname from pg_policy where polroles = array[0::oid] or cardinality(polroles) <> 1
           or polroles[1] <> all(array(select oid from pg_roles where rolname = any(%(low_roles)s)))""",
        (
            "create policy sin on clients as restrictive using (true)",
            "create policy sin on clients as restrictive to followthrough_app, followthrough_worker using (true)",
            f"create policy sin on clients as restrictive to {LOGIN} using (true)",
        ),
    ),
    "a policy asks no other table": (
        """select polname from pg_policy where concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
           ~* '\\mselect\\M'""",
        (
            "create policy sin on clients as restrictive to followthrough_app using (exists (select from staff))",
            "create policy sin on clients as restrictive to followthrough_app with check ((select true))",
        ),
    ),
    "a policy calls no function of ours": (
        """select polname from pg_policy p join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
           join pg_proc f on d.refclassid = 'pg_proc'::regclass and f.oid = d.refobjid
           where f.pronamespace <> 'pg_catalog'::regnamespace""",
        (
            "create function public.sin() returns boolean language sql as 'select true';"
            "create policy sin on clients as restrictive to followthrough_app using (public.sin())",
        ),
    ),
    "a table has one permissive policy for each role": (
        """select polrelid::regclass::text from pg_policy, unnest(polroles) role where polpermissive
           group by polrelid, role having count(*) > 1""",
        ("create policy sin on clients to followthrough_app using (true)",),
    ),
    "the worker and the lobby look across practices by reading alone": (
        f"""select polname from pg_policy where polrelid in ({PRACTICE_TABLES}) and polcmd <> 'r'
            and not polroles <@ array['followthrough_app'::regrole::oid]""",
        ("drop policy messages_due on messages; create policy sin on messages to followthrough_worker using (true)",),
    ),
    "only the queues are open to the worker": (
        """select polrelid::regclass::text from pg_policy where polroles = array['followthrough_worker'::regrole::oid]
           and polrelid::regclass::text <> all(array['reminders', 'messages', 'idempotency_keys',
               'booking_reminders', 'external_calendars', 'document_readings', 'check_ins',
               'digests', 'packets', 'practices'])""",
        ("create policy sin on clients for select to followthrough_worker using (true)",),
    ),
    "no column is an identity": (
        """select attrelid::regclass || '.' || attname from pg_attribute join pg_class c on c.oid = attrelid
           where relnamespace = 'public'::regnamespace and attidentity <> ''""",
        ("alter table clients add column number bigint generated always as identity",),
    ),
    "nobody made a trigger or a rule": (
        """select tgname from pg_trigger join pg_class c on c.oid = tgrelid
           where relnamespace = 'public'::regnamespace and not tgisinternal
           union all select rulename from pg_rewrite join pg_class c on c.oid = ev_class
           where relnamespace = 'public'::regnamespace and rulename <> '_RETURN'""",
        (
            "create function public.sin() returns trigger language plpgsql as 'begin return new; end';"
            "create trigger sin before insert on clients for each row execute function public.sin()",
            "create rule sin as on delete to clients do instead nothing",
        ),
    ),
    "names of constraints have at most 50 characters": (
        # PostgreSQL 18 names NOT NULL too, by itself; nothing refers to those names.
        "select conname from pg_constraint where connamespace = 'public'::regnamespace"
        " and length(conname) > 50 and contype <> 'n'",
        (f"alter table clients add constraint {'c' * 51} check (name <> '')",),
    ),
    "names of constraints are unique in the schema": (
        "select conname from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'"
        " group by conname having count(*) > 1",
        ("alter table students add constraint fk_clients_practice check (name <> '')",),
    ),
    "tables, functions and the schema's other things belong to the migrating role": (
        """select relname from pg_class c join pg_roles r on r.oid = relowner
           where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f') and rolname <> %(owner)s
           union all select proname from pg_proc p join pg_roles r on r.oid = proowner
           where pronamespace = 'public'::regnamespace and rolname <> %(owner)s
           and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')""",
        (
            "alter table clients owner to followthrough_app",
            f"create function public.sin() returns int language sql as 'select 1';alter function public.sin() owner to {LOGIN}",
        ),
    ),
    "the low roles and the login own nothing and bypass nothing": (
        """select rolname from pg_roles r where rolname = any(%(low_roles)s || array[%(login)s]) and (
           rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
           or exists (select from pg_shdepend d
               where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o'))""",
        (
            "alter role followthrough_app bypassrls",
            "alter role followthrough_worker superuser",
            f"alter role {LOGIN} createrole",
            f"alter table clients owner to {LOGIN}",
            f"create schema sin authorization {LOGIN}",
        ),
    ),
    "the low roles may become nobody, and the login nobody but them": (
        """select m.rolname || ' may become ' || g.rolname from pg_auth_members join pg_roles m on m.oid = member
           join pg_roles g on g.oid = roleid where m.rolname = any(%(low_roles)s)
           or (m.rolname = %(login)s and g.rolname <> all(%(low_roles)s))""",
        (
            f"grant pg_write_all_data to {LOGIN}",
            "grant followthrough_lobby to followthrough_app",
            "grant pg_read_all_data to followthrough_worker",
        ),
    ),
    "nobody inherits": (
        "select rolname from pg_roles where rolname = any(%(low_roles)s || array[%(login)s]) and rolinherit",
        (f"alter role {LOGIN} inherit", "alter role followthrough_app inherit"),
    ),
    "the owner bypasses row security": (
        "select rolname from pg_roles where rolname = %(owner)s and not rolbypassrls and not rolsuper",
        (f"alter role {OWNER} nobypassrls",),
    ),
    "everybody may do nothing": (
        """select relname from pg_class c, aclexplode(relacl) a where relnamespace = 'public'::regnamespace and grantee = 0
           union all select 'schema public' where has_schema_privilege('followthrough_app', 'public', 'create')""",
        ("grant select on clients to public", "grant create on schema public to public"),
    ),
    "the login may do nothing by itself": (
        """select relname from pg_class c, aclexplode(relacl) a join pg_roles r on r.oid = grantee
           where relnamespace = 'public'::regnamespace and rolname = %(login)s""",
        (f"grant select on clients to {LOGIN}",),
    ),
    "views look with the eyes of who asks": (
        """select relname from pg_class where relnamespace = 'public'::regnamespace and (relkind = 'm' or (relkind = 'v'
           and not coalesce('security_invoker=true' = any(reloptions), false)))""",
        ("create view sin as select * from clients", "create materialized view sin as select * from clients"),
    ),
    "no function runs with the rights of its maker": (
        "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef",
        ("create function public.sin() returns int language sql security definer as 'select 1'",),
    ),
    "an index of a practice's table begins with the practice, bar those of the worker's scans": (
        f"""select i.indexrelid::regclass::text from pg_index i where i.indrelid in ({PRACTICE_TABLES})
            and ({NAMES.format(keys="i.indkey::int2[]", table="i.indrelid")})[1] is distinct from 'tenant_id'
            and i.indexrelid::regclass::text <> all(array['ix_messages_waiting', 'ix_reminders_waiting',
                'ix_booking_reminders_waiting', 'ix_external_calendars_waiting', 'ix_document_readings_waiting',
                'ix_check_ins_waiting', 'ix_digests_waiting', 'ix_packets_waiting',
                'ix_idempotency_keys_created_at',
                'ix_staff_user_id'])""",
        ("create index ix_sin on clients (email)", "create index ix_sin on clients (lower(email), tenant_id)"),
    ),
}
FACTS = {
    "global_tables": sorted(GLOBAL_TABLES),
    "low_roles": list(LOW_ROLES),
    "login": LOGIN,
    "owner": OWNER,
    "ours": "(tenant_id = (current_setting('app.tenant_id'::text))::uuid)",
    "own": "(user_id = (current_setting('app.user_id'::text))::uuid)",
}


def broken(connection: psycopg.Connection, rule: str) -> list[str]:
    return [row[0] for row in connection.execute(RULES[rule][0], FACTS)]


@pytest.fixture
def catalogue(server: embedded.Embedded, database_name: str) -> Iterator[psycopg.Connection]:
    """The database as its superuser sees it; nothing that is done here lasts."""
    with psycopg.connect(server.url("postgres", database_name)) as connection:
        yield connection
        connection.rollback()


@each("rule", RULES)
def test_the_schema_keeps_the_rule(catalogue: psycopg.Connection, rule: str) -> None:
    assert broken(catalogue, rule) == []


@each(("rule", "sin"), [(rule, sin) for rule, (_, sins) in RULES.items() for sin in sins])
def test_who_breaks_the_rule_is_found(catalogue: psycopg.Connection, rule: str, sin: str) -> None:
    catalogue.rollback()
    catalogue.execute("set local search_path = public")
    try:
        with catalogue.transaction():
            catalogue.execute(sin)
    except psycopg.IntegrityError:
        # Two practices may hold rows of one id, which some sins forbid.
        catalogue.execute("truncate clients cascade")
        catalogue.execute(sin)
    assert broken(catalogue, rule) != []


def test_there_are_tables_of_practices_to_walk(catalogue: psycopg.Connection) -> None:
    found = {row[0] for row in catalogue.execute(f"with tables as ({TABLES}) select relname from tables where ours")}
    modelled = {name for name, table in METADATA.tables.items() if "tenant_id" in table.columns}
    assert found == modelled
    assert {"cases", "concerns", "communications", "reminders", "bookings", "messages"} <= found


def test_every_table_has_a_model_and_every_model_a_table(catalogue: psycopg.Connection) -> None:
    found = {row[0] for row in catalogue.execute(f"with tables as ({TABLES}) select relname from tables")}
    assert found == {*METADATA.tables, "alembic_version"}


@pytest.fixture
def empty_database(server: embedded.Embedded, database_name: str) -> Iterator[tuple[str, str]]:
    """A database of its own, for migrations that go down; the owner's and the application's address."""
    name = f"migrations_{database_name}"
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as postgres:
        postgres.execute(f"drop database if exists {name} with (force)")
    server.create(name)
    yield server.url(OWNER, name), server.url(LOGIN, name)
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as postgres:
        postgres.execute(f"drop database {name} with (force)")


def differences(admin_url: str) -> list[Any]:
    """What alembic would put into the next migration."""
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(admin_url))
    try:
        with engine.connect() as connection, warnings.catch_warnings():
            # Alembic says that it does not compare expressions of exclusion constraints; the next test does.
            warnings.filterwarnings("ignore", category=UserWarning)
            options = {"compare_type": True, "compare_server_default": True}
            return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))
    finally:
        engine.dispose()


def test_the_models_and_the_migrated_database_are_the_same(admin_url: str) -> None:
    assert differences(admin_url) == []


def test_a_column_that_only_the_database_has_is_a_difference(empty_database: tuple[str, str]) -> None:
    admin_url, app_url = empty_database
    database.migrate(admin_url, app_url)
    with psycopg.connect(admin_url) as connection:
        connection.execute("alter table clients add column shoe_size bigint")
    assert [change[0] for change in differences(admin_url)] == ["remove_column"]


def test_checks_and_exclusions_stand_in_the_database_as_in_the_models(catalogue: psycopg.Connection) -> None:
    modelled = {
        (table.name, str(constraint.name))
        for table in METADATA.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint | ExcludeConstraint)
    }
    named = "select conrelid::regclass::text, conname from pg_constraint where contype in ('c', 'x')"
    assert set(catalogue.execute(f"{named} and connamespace = 'public'::regnamespace")) == modelled


def test_two_consultations_of_a_host_cannot_overlap_whatever_their_state_may_become(catalogue: psycopg.Connection) -> None:
    definition = "select pg_get_constraintdef(oid) from pg_constraint where conname = 'ex_bookings_no_overlap'"
    [(said,)] = catalogue.execute(definition).fetchall()
    assert "tenant_id WITH =, host_id WITH =" in said
    assert set(re.findall(r"'(\w+)'", said.split("WHERE")[1])) == {"held", "requested", "confirmed"}


def test_migrations_go_down_to_nothing_and_up_again(empty_database: tuple[str, str]) -> None:
    admin_url, app_url = empty_database
    database.migrate(admin_url, app_url)
    first = described(admin_url)

    database.downgrade(admin_url, "base")
    with psycopg.connect(admin_url) as connection:
        left = """select relname from pg_class where relnamespace = 'public'::regnamespace and relname !~ '^alembic_version'
                  union all select proname from pg_proc p where pronamespace = 'public'::regnamespace
                  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
                  union all select typname from pg_type where typnamespace = 'public'::regnamespace
                  and typname !~ '^_?(alembic_version|gbtreekey)'"""
        assert connection.execute(left).fetchall() == []

    database.migrate(admin_url, app_url)
    assert described(admin_url) == first
    assert differences(admin_url) == []


def test_migrating_twice_changes_nothing(empty_database: tuple[str, str]) -> None:
    admin_url, app_url = empty_database
    database.migrate(admin_url, app_url)
    first = described(admin_url)
    database.migrate(admin_url, app_url)
    assert described(admin_url) == first


def test_an_owner_who_would_be_blind_may_not_migrate(server: embedded.Embedded, empty_database: tuple[str, str]) -> None:
    name = psycopg.conninfo.conninfo_to_dict(empty_database[0])["dbname"]
    with psycopg.connect(server.url("postgres", str(name)), autocommit=True) as postgres:
        postgres.execute("drop role if exists blind_owner")
        postgres.execute("create role blind_owner login createrole nobypassrls")
        try:
            with pytest.raises(database.Unsafe, match="BYPASSRLS"):
                database.migrate(server.url("blind_owner", str(name)), None)
        finally:
            postgres.execute("drop role blind_owner")


def test_every_migration_can_be_read_as_sql(capsys: pytest.CaptureFixture[str]) -> None:
    command.upgrade(database._alembic(None), "head", sql=True)
    said = capsys.readouterr().out
    assert said.count("force row level security") >= len([t for t in METADATA.tables.values() if "tenant_id" in t.columns])


def described(admin_url: str) -> list[Any]:
    """The schema in words: columns, constraints, indexes, policies, grants."""
    with psycopg.connect(admin_url) as connection:
        return connection.execute("""
            select 'column', attrelid::regclass::text, attname::text, format_type(atttypid, atttypmod) || attnotnull
            from pg_attribute join pg_class c on c.oid = attrelid
            where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0
            union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'public'::regnamespace
            union all select 'index', tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
            union all select 'policy', tablename, policyname, concat(permissive, roles, cmd, qual, with_check) from pg_policies
            union all select 'grants', relname, '', relacl::text from pg_class where relnamespace = 'public'::regnamespace
            union all select 'columns', attrelid::regclass::text, attname, attacl::text from pg_attribute
            where attacl is not null and attrelid > 16383
            union all select 'function', proname, '', prosrc from pg_proc p where pronamespace = 'public'::regnamespace
            order by 1, 2, 3
        """).fetchall()
