"""All that the database holds, each table as one number: what was changed, wherever it was, is seen."""

from collections.abc import Collection

from psycopg import sql

from tests.promises.conftest import Admin

TABLES = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname"


def tables(admin: Admin) -> list[str]:
    return [str(row["relname"]) for row in admin.execute(TABLES)]


def digest(admin: Admin, *, besides: Collection[str] = ()) -> dict[str, str]:
    """Of every table of the database, whosever its rows are: their number and a hash of all of them."""
    hashed = [
        sql.SQL(
            "select {} as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as hash from {} t"
        ).format(table, sql.Identifier(table))
        for table in tables(admin)
        if table not in besides
    ]
    return {row["name"]: row["hash"] for row in admin.execute(sql.SQL(" union all ").join(hashed))}


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables that are not as they were."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
