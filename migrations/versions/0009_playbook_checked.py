"""What 0008 asks of communications, reminders and students, checked where rows are there already: no lock stops anybody.

Revision 0009. All of it can be done again: what gives way halfway comes again from its beginning.
"""

from alembic import op

from migrations.practice_table import index_beside

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
# An occasion is reminded of once, however many workers plan it.
UNIQUE = {
    "uq_reminders_check_in": "reminders (tenant_id, check_in_id, key) WHERE check_in_id is not null",
    "uq_reminders_deadline": "reminders (tenant_id, deadline_id, key) WHERE deadline_id is not null",
}
INDEXES = {
    "ix_reminders_open": "reminders (tenant_id, due_at) WHERE state in ('scheduled', 'due', 'snoozed')",
    "ix_reminders_open_case": "reminders (tenant_id, case_id) WHERE state in ('scheduled', 'due', 'snoozed')",
    "ix_messages_communication": "messages (tenant_id, communication_id)",
    "ix_communications_letter": "communications (tenant_id, letter_id)",
    "ix_communications_corrects": "communications (tenant_id, corrects_id)",
    # The timeline of a case.
    "ix_bookings_case": "bookings (tenant_id, case_id)",
}


def upgrade() -> None:
    for table, column in NEW_REFERENCES:
        op.execute(f"alter table {table} validate constraint fk_{table}_{column}")
    with op.get_context().autocommit_block():
        for name, what in UNIQUE.items():
            index_beside(name, what, unique=True)
        for name, what in INDEXES.items():
            index_beside(name, what)


def downgrade() -> None:
    """What holds may go on holding, but for the indexes, whose columns go with 0008."""
    for name in (*UNIQUE, *INDEXES):
        op.execute(f"DROP INDEX IF EXISTS {name}")
