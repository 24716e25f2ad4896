"""How a migration gives a practice's table its locks, the same for every table; SCALE rules 6, 9 and 15."""

from collections.abc import Mapping

from alembic import op
from sqlalchemy import text

ROLE = "followthrough_app"
WORKER = "followthrough_worker"
CUT_OFF = "select exists (select from pg_index where indexrelid = to_regclass(:name) and not indisvalid)"


def owned(table: str, *parts: str, refers: Mapping[str, str] | None = None) -> None:
    """A table of the practice: its own columns and constraints between the usual ones; `refers` names tables of the same."""
    lines = (
        *("tenant_id UUID NOT NULL", "id UUID NOT NULL"),
        *(part for part in parts if not part.startswith("CONSTRAINT")),
        *("version BIGINT NOT NULL", "created_at TIMESTAMP WITH TIME ZONE NOT NULL"),
        "updated_at TIMESTAMP WITH TIME ZONE NOT NULL",
        f"CONSTRAINT pk_{table} PRIMARY KEY (tenant_id, id)",
        *(part for part in parts if part.startswith("CONSTRAINT")),
    )
    op.execute(f"CREATE TABLE {table} (" + ", ".join(lines) + ")")
    op.execute(f"select distribute('{table}')")
    for column, referred in (refers or {}).items():
        op.execute(f"""
            ALTER TABLE {table} ADD CONSTRAINT fk_{table}_{column}
            FOREIGN KEY(tenant_id, {column}) REFERENCES {referred} (tenant_id, id)
        """)
    op.execute(f"""
        ALTER TABLE {table} ADD CONSTRAINT fk_{table}_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)


def lock(table: str, grants: str = "select, insert, update, delete") -> None:
    """Row security, forced, for the low role inside one practice; what was recorded for good gets fewer `grants`."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(
        f"create policy {table}_of_practice on {table} to {ROLE}"
        " using (tenant_id = current_setting('app.tenant_id')::uuid)"
        " with check (tenant_id = current_setting('app.tenant_id')::uuid)"
    )
    op.execute(f"grant {grants} on {table} to {ROLE}")


def queue(table: str, *columns: str) -> None:
    """The worker may read when something is due, and whose it is; nothing else of any practice."""
    op.execute(f"create policy {table}_due on {table} for select to {WORKER} using (true)")
    op.execute(f"grant select ({', '.join(('tenant_id', *columns))}) on {table} to {WORKER}")


def index_beside(name: str, what: str, *, unique: bool = False) -> None:
    """An index made while everybody writes, outside of a transaction (`autocommit_block`), again if it has to be.

    One whose making was cut off stays behind, invalid, and counts as there: it is made anew.
    """
    if not op.get_context().as_sql and op.get_bind().scalar(text(CUT_OFF), {"name": name}):
        op.execute(f"DROP INDEX CONCURRENTLY {name}")
    op.execute(f"CREATE {'UNIQUE ' if unique else ''}INDEX CONCURRENTLY IF NOT EXISTS {name} ON {what}")
