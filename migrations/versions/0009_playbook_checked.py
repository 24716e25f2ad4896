"""What 0008 asks of communications, reminders and students, checked where rows are there already; documents that stay.

Revision 0009.
"""

from alembic import op

from migrations.practice_table import ROLE

revision = "0009"
down_revision = "0008"

NEW_REFERENCES = (
    ("communications", "corrects_id"),
    ("communications", "letter_id"),
    ("messages", "communication_id"),
    ("reminders", "check_in_id"),
    ("reminders", "deadline_id"),
    ("students", "school_calendar_id"),
)
INDEXES = (
    # An occasion is reminded of once, however many workers plan it.
    ("unique", "uq_reminders_check_in", "reminders (tenant_id, check_in_id, key) WHERE check_in_id is not null"),
    ("unique", "uq_reminders_deadline", "reminders (tenant_id, deadline_id, key) WHERE deadline_id is not null"),
    ("", "ix_reminders_open", "reminders (tenant_id, due_at) WHERE state in ('scheduled', 'due', 'snoozed')"),
    ("", "ix_reminders_open_case", "reminders (tenant_id, case_id) WHERE state in ('scheduled', 'due', 'snoozed')"),
    ("", "ix_messages_communication", "messages (tenant_id, communication_id)"),
    ("", "ix_communications_letter", "communications (tenant_id, letter_id)"),
    ("", "ix_communications_corrects", "communications (tenant_id, corrects_id)"),
    # The timeline of a case.
    ("", "ix_bookings_case", "bookings (tenant_id, case_id)"),
)


# What somebody may say otherwise of a document; what is in it, nobody may.
SAID_OF_DOCUMENTS = "kind, name, note, version, updated_at"


def upgrade() -> None:
    documents()
    for table, column in NEW_REFERENCES:
        op.execute(f"alter table {table} validate constraint fk_{table}_{column}")
    with op.get_context().autocommit_block():
        for kind, name, what in INDEXES:
            op.execute(f"CREATE {kind.upper()} INDEX CONCURRENTLY IF NOT EXISTS {name} ON {what}".replace("  ", " "))


def documents() -> None:
    """The documents of a final letter stay as they are, as the letter does."""
    op.execute("ALTER TABLE documents ADD COLUMN is_kept BOOLEAN DEFAULT false NOT NULL")
    op.execute(f"revoke update on documents from {ROLE}")
    op.execute(f"grant update ({SAID_OF_DOCUMENTS}) on documents to {ROLE}")
    op.execute(f"create policy documents_kept on documents as restrictive for update to {ROLE} using (not is_kept)")
    op.execute(f"create policy documents_stay on documents as restrictive for delete to {ROLE} using (not is_kept)")


def downgrade() -> None:
    """What holds may go on holding, but for the indexes, whose columns go with 0008."""
    for _, name, _ in INDEXES:
        op.execute(f"DROP INDEX IF EXISTS {name}")
    for policy in ("documents_kept", "documents_stay"):
        op.execute(f"drop policy {policy} on documents")
    op.execute(f"revoke update ({SAID_OF_DOCUMENTS}) on documents from {ROLE}")
    op.execute(f"grant update on documents to {ROLE}")
    op.execute("ALTER TABLE documents DROP COLUMN is_kept")
