"""What 0012 asks of documents, checked where rows are there already: no lock stops anybody.

Revision 0013.
"""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("alter table documents validate constraint ck_documents_file_type")


def downgrade() -> None:
    """What holds may go on holding."""
