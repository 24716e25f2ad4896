"""What 0006 asks of versions and provisions, checked and filled in where rows are there already: no lock stops anybody.

Revision 0007.
"""

from alembic import op

from migrations.practice_table import index_beside

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for constraint in ("fk_iep_versions_document_id", "fk_iep_versions_based_on_id"):
        op.execute(f"alter table iep_versions validate constraint {constraint}")
    op.execute("UPDATE provisions SET support_id = id WHERE support_id IS NULL")
    op.execute("""
        UPDATE provisions SET is_draft = false FROM iep_versions
        WHERE iep_versions.tenant_id = provisions.tenant_id AND iep_versions.id = provisions.iep_version_id
            AND iep_versions.state <> 'draft' AND provisions.is_draft
    """)
    op.execute("alter table provisions validate constraint fk_provisions_draft")
    # What was put in force before there were seals.
    op.execute("""
        INSERT INTO iep_version_seals (tenant_id, id, iep_version_id, content_digest, version, created_at, updated_at)
        SELECT tenant_id, gen_random_uuid(), id, content_digest, 1, now(), now() FROM iep_versions WHERE state <> 'draft'
        ON CONFLICT DO NOTHING
    """)
    # Two lines of one version are two supports.
    with op.get_context().autocommit_block():
        index_beside("uq_provisions_support", "provisions (tenant_id, iep_version_id, support_id)", unique=True)


def downgrade() -> None:
    """What holds may go on holding, but for what stands on a column that goes with 0006."""
    op.execute("DROP INDEX IF EXISTS uq_provisions_support")
