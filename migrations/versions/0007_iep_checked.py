"""What 0006 asks of versions and provisions, checked and filled in where rows are there already: no lock stops anybody.

Revision 0007.
"""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for constraint in ("fk_iep_versions_document_id", "fk_iep_versions_based_on_id"):
        op.execute(f"alter table iep_versions validate constraint {constraint}")
    op.execute("UPDATE provisions SET support_id = id WHERE support_id IS NULL")
    op.execute("""
        UPDATE provisions SET frozen_at = coalesce(iep_versions.activated_at, now()) FROM iep_versions
        WHERE iep_versions.tenant_id = provisions.tenant_id AND iep_versions.id = provisions.iep_version_id
            AND iep_versions.state <> 'draft' AND frozen_at IS NULL
    """)

    # Two lines of one version are two supports.
    with op.get_context().autocommit_block():
        op.execute(
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS uq_provisions_support"
            " ON provisions (tenant_id, iep_version_id, support_id)"
        )


def downgrade() -> None:
    """What holds may go on holding, but for what stands on a column that goes with 0006."""
    op.execute("DROP INDEX IF EXISTS uq_provisions_support")
