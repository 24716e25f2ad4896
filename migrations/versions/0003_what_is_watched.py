"""What is watched: what each worker has done, whether it stopped by itself, and that the dead are taken away.

Revision 0003.
"""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("ALTER TABLE heartbeats ADD COLUMN stopped_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE heartbeats ADD COLUMN counts JSONB DEFAULT '{}' NOT NULL")
    op.execute("grant delete on heartbeats to followthrough_worker")


def downgrade() -> None:
    op.execute("revoke delete on heartbeats from followthrough_worker")
    op.execute("alter table heartbeats drop column counts")
    op.execute("alter table heartbeats drop column stopped_at")
