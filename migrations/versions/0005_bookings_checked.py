"""What 0004 asks of bookings and messages, checked and filled in where rows are there already: no lock stops anybody.

Revision 0005.
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for constraint in ("ck_bookings_named", "ck_bookings_held", "fk_bookings_booking_link_id", "fk_bookings_concern_id"):
        op.execute(f"alter table bookings validate constraint {constraint}")
    op.execute("alter table messages validate constraint ck_messages_state")
    # What was booked before there were reminders is reminded of too, as a type without other wishes is.
    op.execute("""
        INSERT INTO booking_reminders (tenant_id, id, booking_id, sequence, offset_minutes, due_at, state, version,
            created_at, updated_at)
        SELECT tenant_id, gen_random_uuid(), bookings.id, sequence, minutes, starts_at - minutes * interval '1 minute',
            'scheduled', 1, now(), now()
        FROM bookings, (VALUES (1440), (60)) AS before (minutes)
        WHERE state = 'confirmed' AND starts_at - minutes * interval '1 minute' > now()
        ON CONFLICT DO NOTHING
    """)


def downgrade() -> None:
    """What holds may go on holding."""
