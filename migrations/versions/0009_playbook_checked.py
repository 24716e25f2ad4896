"""What 0008 asks of communications, reminders and students, checked where rows are there already; documents that stay;
what was put off, on hold or paused.

Revision 0009.
"""

from alembic import op

from migrations.practice_table import ROLE, lock, owned

revision = "0009"
down_revision = "0008"

RECORD = "select, insert"
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

# Of columns that this adds to tables with rows.
CHECKED_APART = (
    ("messages", "ck_messages_bounce"),
    ("inbound_mails", "fk_inbound_mails_message_id"),
    ("inbound_mails", "ck_inbound_mails_recorded"),
)


# What somebody may say otherwise of a document; what is in it, nobody may.
SAID_OF_DOCUMENTS = "kind, name, note, version, updated_at"


def upgrade() -> None:
    documents()
    state_changes()
    for table, column in NEW_REFERENCES:
        op.execute(f"alter table {table} validate constraint fk_{table}_{column}")
    reports()
    with op.get_context().autocommit_block():
        for table, constraint in CHECKED_APART:
            op.execute(f"alter table {table} validate constraint {constraint}")
        for kind, name, what in INDEXES:
            op.execute(f"CREATE {kind.upper()} INDEX CONCURRENTLY IF NOT EXISTS {name} ON {what}".replace("  ", " "))


def documents() -> None:
    """The documents of a final letter stay as they are, as the letter does."""
    op.execute("ALTER TABLE documents ADD COLUMN is_kept BOOLEAN DEFAULT false NOT NULL")
    op.execute(f"revoke update on documents from {ROLE}")
    op.execute(f"grant update ({SAID_OF_DOCUMENTS}) on documents to {ROLE}")
    op.execute(f"create policy documents_kept on documents as restrictive for update to {ROLE} using (not is_kept)")
    op.execute(f"create policy documents_stay on documents as restrictive for delete to {ROLE} using (not is_kept)")


def reports() -> None:
    """How a mail came back, and which mail that came in says so."""
    op.execute("ALTER TABLE messages ADD COLUMN bounce TEXT")
    op.execute("ALTER TABLE messages ADD CONSTRAINT ck_messages_bounce CHECK (bounce in ('hard', 'soft')) NOT VALID")
    op.execute("ALTER TABLE inbound_mails ADD COLUMN message_id UUID")
    op.execute("""
        ALTER TABLE inbound_mails ADD CONSTRAINT fk_inbound_mails_message_id
        FOREIGN KEY(tenant_id, message_id) REFERENCES messages (tenant_id, id) NOT VALID
    """)
    _recorded("communication_id is not null or message_id is not null")


def _recorded(as_what: str) -> None:
    op.execute("ALTER TABLE inbound_mails DROP CONSTRAINT IF EXISTS ck_inbound_mails_recorded")
    op.execute(f"""
        ALTER TABLE inbound_mails ADD CONSTRAINT ck_inbound_mails_recorded
        CHECK (state <> 'recorded' or {as_what}) NOT VALID
    """)


def state_changes() -> None:
    """What was put off, on hold or paused: the rows themselves hold only how they stand now."""
    owned(
        "state_changes",
        "case_id UUID NOT NULL",
        "check_in_id UUID",
        "reminder_id UUID",
        "changed_by_id UUID",
        "from_state TEXT NOT NULL",
        "to_state TEXT NOT NULL",
        "until TIMESTAMP WITH TIME ZONE",
        "reason TEXT",
        refers={"case_id": "cases", "check_in_id": "check_ins", "reminder_id": "reminders", "changed_by_id": "staff"},
    )
    op.execute("CREATE INDEX ix_state_changes_case ON state_changes (tenant_id, case_id, id)")
    lock("state_changes", RECORD)


def downgrade() -> None:
    """What holds may go on holding, but for the indexes, whose columns go with 0008."""
    # What a report said is lost: it waits for somebody, as it did.
    op.execute("UPDATE inbound_mails SET state = 'waiting' WHERE communication_id IS NULL AND state = 'recorded'")
    op.execute("ALTER TABLE inbound_mails DROP COLUMN message_id")
    _recorded("communication_id is not null")
    op.execute("ALTER TABLE messages DROP COLUMN bounce")
    for _, name, _ in INDEXES:
        op.execute(f"DROP INDEX IF EXISTS {name}")
    for policy in ("documents_kept", "documents_stay"):
        op.execute(f"drop policy {policy} on documents")
    op.execute(f"revoke update ({SAID_OF_DOCUMENTS}) on documents from {ROLE}")
    op.execute(f"grant update on documents to {ROLE}")
    op.execute("ALTER TABLE documents DROP COLUMN is_kept")
    op.execute("DROP TABLE state_changes")
