"""How a migration gives a practice's table its locks, the same for every table; SCALE rules 6, 9 and 15."""

from alembic import op

ROLE = "followthrough_app"
WORKER = "followthrough_worker"


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
