"""What 0004 asks of bookings, checked where rows are there already: under locks that stop neither readers nor writers.

Revision 0005.
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for constraint in ("ck_bookings_named", "ck_bookings_held", "fk_bookings_booking_link_id", "fk_bookings_concern_id"):
        op.execute(f"alter table bookings validate constraint {constraint}")


def downgrade() -> None:
    """What holds may go on holding."""
