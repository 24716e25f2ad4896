"""What 0010 asks of documents, cases, check-ins and mail, filled in and checked where rows are there already.

Revision 0011.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

CHECKED = (
    ("messages", "ck_messages_bounce"),
    ("inbound_mails", "fk_inbound_mails_message_id"),
)


def upgrade() -> None:
    for table, constraint in CHECKED:
        op.execute(f"alter table {table} validate constraint {constraint}")
    # What was final before its documents were kept.
    op.execute("""
        UPDATE documents SET is_kept = true FROM letters
        WHERE letters.tenant_id = documents.tenant_id AND letters.state = 'final' AND NOT documents.is_kept
            AND documents.id IN (letters.document_id, letters.docx_document_id)
    """)
    turned("cases", "row.id, NULL::uuid, NULL::text")
    turned("check_ins", "row.case_id, row.id, row.reason")


def turned(table: str, names: str) -> None:
    """That a row came to stand otherwise before that was recorded, under the id of the entry that says when and by whom.

    No entry says what it came to. The last one came to how the row stands now.
    """
    op.execute(f"""
        INSERT INTO state_changes (tenant_id, id, case_id, check_in_id, reason, changed_by_id, from_state, to_state, version,
            created_at, updated_at)
        SELECT tenant_id, entry_id, case_id, check_in_id, CASE WHEN is_last THEN reason END, staff_id, 'not recorded',
            CASE WHEN is_last THEN state ELSE 'changed' END, 1, created_at, created_at
        FROM (
            SELECT row.tenant_id, entry.id, entry.staff_id, entry.created_at, row.state, {names},
                lead(entry.id) OVER (PARTITION BY entry.tenant_id, entry.row_id ORDER BY entry.sequence) IS NULL
            FROM audit_entries AS entry JOIN {table} AS row ON row.tenant_id = entry.tenant_id AND row.id = entry.row_id
            WHERE entry.resource = '{table}' AND entry.action = 'update' AND entry.fields @> '["state"]'
        ) AS told (tenant_id, entry_id, staff_id, created_at, state, case_id, check_in_id, reason, is_last)
    """)


def downgrade() -> None:
    """What holds may go on holding; what was told of the time before 0010 is told anew."""
    op.execute("""
        DELETE FROM state_changes USING audit_entries
        WHERE audit_entries.tenant_id = state_changes.tenant_id AND audit_entries.id = state_changes.id
    """)
