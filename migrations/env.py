"""Alembic's door: an open connection from `followthrough migrate`, or SQL to be read with `--sql`."""

from alembic import context

from models.everything import METADATA

if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=METADATA, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=METADATA, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
