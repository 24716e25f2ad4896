"""Documents that stay, mail that comes back, what was put off, on hold or paused.

Revision 0010. What looks at rows that are there already is filled in and checked by 0011, outside of these locks.
"""

from alembic import op

from migrations.practice_table import ROLE, lock, owned

revision = "0010"
down_revision = "0009"

RECORD = "select, insert"
# What somebody may say otherwise of a document; what is in it, nobody may.
SAID_OF_DOCUMENTS = "kind, name, note, version, updated_at"


def upgrade() -> None:
    documents()
    state_changes()
    reports()


def documents() -> None:
    """The documents of a final letter stay as they are, as the letter does."""
    op.execute("ALTER TABLE documents ADD COLUMN is_kept BOOLEAN DEFAULT false NOT NULL")
    op.execute(f"revoke update on documents from {ROLE}")
    op.execute(f"grant update ({SAID_OF_DOCUMENTS}) on documents to {ROLE}")
    op.execute(f"create policy documents_kept on documents as restrictive for update to {ROLE} using (not is_kept)")
    op.execute(f"create policy documents_stay on documents as restrictive for delete to {ROLE} using (not is_kept)")


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


def reports() -> None:
    """How a mail came back, and which mail that came in says so."""
    op.execute("ALTER TABLE messages ADD COLUMN retried_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE messages ADD COLUMN bounce TEXT")
    op.execute("ALTER TABLE messages ADD CONSTRAINT ck_messages_bounce CHECK (bounce in ('hard', 'soft')) NOT VALID")
    op.execute("ALTER TABLE inbound_mails ADD COLUMN message_id UUID")
    op.execute("""
        ALTER TABLE inbound_mails ADD CONSTRAINT fk_inbound_mails_message_id
        FOREIGN KEY(tenant_id, message_id) REFERENCES messages (tenant_id, id) NOT VALID
    """)


def downgrade() -> None:
    # What a report said is lost: it waits for somebody, as it did.
    op.execute("""
        UPDATE inbound_mails SET state = 'waiting', communication_id = NULL, reason = NULL WHERE message_id IS NOT NULL
    """)
    op.execute("ALTER TABLE inbound_mails DROP COLUMN message_id")
    op.execute("ALTER TABLE messages DROP COLUMN bounce, DROP COLUMN retried_at")
    # Before this nobody knew of a question that did not arrive: what waits for that would wait for ever.
    op.execute("""
        UPDATE reminders SET settled_at = CASE WHEN cases.state = 'closed' THEN settled_at END,
            reason = CASE WHEN cases.state = 'closed' THEN 'case_at_rest' END,
            state = CASE WHEN cases.state = 'closed' THEN 'cancelled' WHEN fired_at >= due_at THEN 'due' ELSE 'scheduled' END
        FROM cases
        WHERE cases.tenant_id = reminders.tenant_id AND cases.id = reminders.case_id
            AND reminders.state = 'cancelled' AND reminders.reason = 'mail_failed' AND settled_by_id IS NULL
    """)
    for policy in ("documents_kept", "documents_stay"):
        op.execute(f"drop policy {policy} on documents")
    op.execute(f"revoke update ({SAID_OF_DOCUMENTS}) on documents from {ROLE}")
    op.execute(f"grant update on documents to {ROLE}")
    op.execute("ALTER TABLE documents DROP COLUMN is_kept")
    op.execute("DROP TABLE state_changes")
