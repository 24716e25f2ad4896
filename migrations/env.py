"""Alembic's door: an open connection from `followthrough migrate`, or SQL to be read with `--sql`."""

from alembic import context

from models.everything import METADATA

# A migration that waits for a lock stops every reader behind it: it gives up soon, and comes again.
TIMEOUTS = ("set lock_timeout = '1s'", "set statement_timeout = '15min'")

if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=METADATA, transaction_per_migration=True)
else:
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=METADATA, transaction_per_migration=True)
for timeout in TIMEOUTS:
    context.execute(timeout)
with context.begin_transaction():
    context.run_migrations()
