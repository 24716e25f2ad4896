"""The IEP: documents and what was read in them, provisions that keep who they are, amendments, copies.

Revision 0006. What looks at rows that are there already is checked by 0007, outside of these locks.
"""

from alembic import op

from migrations.practice_table import ROLE, lock, queue

# What is kept of a version, and that it is no draft any more. Dates as days, since how a date is written is a setting.
_PARTS = (
    *("(state = 'draft')::text", "student_id::text", "number::text", "(effective_from - date '2000-01-01')::text"),
    *("(effective_to - date '2000-01-01')::text", "md5(text)", "document_id::text", "based_on_id::text"),
    *("(amended_on - date '2000-01-01')::text", "md5(agreed_by::text)"),
)
DIGEST = "md5(" + " || '|' || ".join(f"coalesce({part}, '')" for part in _PARTS) + ")"

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    documents()
    document_readings()
    iep_versions()
    iep_version_seals()
    provisions()
    iep_copies()
    op.execute("ALTER TABLE practices ADD COLUMN wording_terms JSONB DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE team_members ADD COLUMN left_on DATE")
    # What a teacher says by a link was recorded by nobody here.
    op.execute("-- squawk-ignore ban-drop-not-null\nALTER TABLE communications ALTER COLUMN recorded_by_id DROP NOT NULL")


def documents() -> None:
    op.execute("""
        CREATE TABLE documents (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            case_id UUID NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            file_type TEXT NOT NULL,
            size_bytes BIGINT NOT NULL,
            sha256 BYTEA NOT NULL,
            note TEXT,
            uploaded_by_id UUID NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_documents PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_documents_file_type CHECK (file_type in ('pdf', 'docx', 'txt')),
            CONSTRAINT ck_documents_size CHECK (size_bytes > 0)
        )
    """)
    op.execute("select distribute('documents')")
    for column, table in (("case_id", "cases"), ("uploaded_by_id", "staff")):
        op.execute(f"""
            ALTER TABLE documents ADD CONSTRAINT fk_documents_{column}
            FOREIGN KEY(tenant_id, {column}) REFERENCES {table} (tenant_id, id)
        """)
    op.execute("""
        ALTER TABLE documents ADD CONSTRAINT fk_documents_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_documents_case ON documents (tenant_id, case_id)")
    lock("documents")


def document_readings() -> None:
    op.execute("""
        CREATE TABLE document_readings (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            document_id UUID NOT NULL,
            state TEXT NOT NULL,
            due_at TIMESTAMP WITH TIME ZONE NOT NULL,
            attempts BIGINT NOT NULL,
            lease_owner UUID,
            lease_number BIGINT NOT NULL,
            read_at TIMESTAMP WITH TIME ZONE,
            reading JSONB,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_document_readings PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_document_readings_document UNIQUE (tenant_id, document_id),
            CONSTRAINT ck_document_readings_state CHECK (state in ('waiting', 'done')),
            CONSTRAINT ck_document_readings_done CHECK (state = 'waiting' or reading is not null)
        )
    """)
    op.execute("select distribute('document_readings')")
    op.execute("""
        ALTER TABLE document_readings ADD CONSTRAINT fk_document_readings_document_id
        FOREIGN KEY(tenant_id, document_id) REFERENCES documents (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE document_readings ADD CONSTRAINT fk_document_readings_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_document_readings_waiting ON document_readings (due_at) WHERE state = 'waiting'")
    op.execute("CREATE INDEX ix_document_readings_due ON document_readings (tenant_id, due_at) WHERE state = 'waiting'")
    lock("document_readings")
    queue("document_readings", "due_at", "state")


def iep_versions() -> None:
    op.execute("ALTER TABLE iep_versions ADD COLUMN document_id UUID")
    op.execute("ALTER TABLE iep_versions ADD COLUMN based_on_id UUID")
    op.execute("ALTER TABLE iep_versions ADD COLUMN amended_on DATE")
    op.execute("ALTER TABLE iep_versions ADD COLUMN agreed_by JSONB DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE iep_versions ADD COLUMN sha256 TEXT")
    for column, table in (("document_id", "documents"), ("based_on_id", "iep_versions")):
        op.execute(f"""
            ALTER TABLE iep_versions ADD CONSTRAINT fk_iep_versions_{column}
            FOREIGN KEY(tenant_id, {column}) REFERENCES {table} (tenant_id, id) NOT VALID
        """)
    # What a version says, as one value that no line of ours can set: a seal that refers to it keeps it from changing. Both
    # columns are computed for the rows that are there, under a lock: a practice has dozens of versions, not millions.
    for column, worked_out in (("is_draft BOOLEAN", "state = 'draft'"), ("content_digest TEXT", DIGEST)):
        op.execute(
            "-- squawk-ignore adding-field-with-default\n"
            f"ALTER TABLE iep_versions ADD COLUMN {column} GENERATED ALWAYS AS ({worked_out}) STORED"
        )
    for column in ("is_draft", "content_digest"):
        op.execute(
            "-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid\n"
            f"ALTER TABLE iep_versions ADD CONSTRAINT uq_iep_versions_{column} UNIQUE (tenant_id, id, {column})"
        )


def iep_version_seals() -> None:
    op.execute("""
        CREATE TABLE iep_version_seals (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            iep_version_id UUID NOT NULL,
            content_digest TEXT NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_iep_version_seals PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_iep_version_seals_version UNIQUE (tenant_id, iep_version_id)
        )
    """)
    op.execute("select distribute('iep_version_seals')")
    op.execute("""
        ALTER TABLE iep_version_seals ADD CONSTRAINT fk_iep_version_seals_content
        FOREIGN KEY(tenant_id, iep_version_id, content_digest) REFERENCES iep_versions (tenant_id, id, content_digest)
    """)
    op.execute("""
        ALTER TABLE iep_version_seals ADD CONSTRAINT fk_iep_version_seals_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    lock("iep_version_seals", "select, insert")


def provisions() -> None:
    op.execute("ALTER TABLE provisions ADD COLUMN support_id UUID")
    op.execute("ALTER TABLE provisions ADD COLUMN source JSONB")
    # It goes with its version: when that is no draft any more, this is none, and then nobody changes it. None can be added to
    # what is in force either: its key would name a draft that is not there.
    op.execute("ALTER TABLE provisions ADD COLUMN is_draft BOOLEAN DEFAULT true NOT NULL")
    op.execute("""
        ALTER TABLE provisions ADD CONSTRAINT fk_provisions_draft FOREIGN KEY(tenant_id, iep_version_id, is_draft)
        REFERENCES iep_versions (tenant_id, id, is_draft) ON UPDATE CASCADE NOT VALID
    """)
    op.execute(f"create policy provisions_kept on provisions as restrictive for update to {ROLE} using (is_draft)")
    op.execute(f"create policy provisions_stay on provisions as restrictive for delete to {ROLE} using (is_draft)")


def iep_copies() -> None:
    op.execute("""
        CREATE TABLE iep_copies (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            iep_version_id UUID NOT NULL,
            team_member_id UUID NOT NULL,
            opened_on DATE NOT NULL,
            opened_because TEXT NOT NULL,
            given_on DATE,
            given_by TEXT,
            how TEXT,
            asked_at TIMESTAMP WITH TIME ZONE,
            communication_id UUID,
            link_hash BYTEA,
            acknowledged_on DATE,
            acknowledged_how TEXT,
            knows_their_part TEXT,
            has_what_they_need TEXT,
            needs JSONB,
            note TEXT,
            concern_id UUID,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_iep_copies PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_iep_copies_line UNIQUE (tenant_id, iep_version_id, team_member_id, opened_on),
            CONSTRAINT uq_iep_copies_link_hash UNIQUE (tenant_id, link_hash)
        )
    """)
    op.execute("select distribute('iep_copies')")
    for column, table in (
        ("iep_version_id", "iep_versions"),
        ("team_member_id", "team_members"),
        ("communication_id", "communications"),
        ("concern_id", "concerns"),
    ):
        op.execute(f"""
            ALTER TABLE iep_copies ADD CONSTRAINT fk_iep_copies_{column}
            FOREIGN KEY(tenant_id, {column}) REFERENCES {table} (tenant_id, id)
        """)
    op.execute("""
        ALTER TABLE iep_copies ADD CONSTRAINT fk_iep_copies_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_iep_copies_team_member ON iep_copies (tenant_id, team_member_id)")
    lock("iep_copies")


def downgrade() -> None:
    op.execute("drop policy provisions_kept on provisions")
    op.execute("drop policy provisions_stay on provisions")
    op.execute("ALTER TABLE provisions DROP CONSTRAINT fk_provisions_draft")
    op.execute("DROP TABLE iep_version_seals")
    # Somebody has to have recorded it then: whoever is responsible for the case.
    op.execute("""
        UPDATE communications SET recorded_by_id = cases.advocate_id FROM cases
        WHERE communications.recorded_by_id IS NULL AND cases.tenant_id = communications.tenant_id
            AND cases.id = communications.case_id
    """)
    op.execute("ALTER TABLE communications ALTER COLUMN recorded_by_id SET NOT NULL")
    op.execute("ALTER TABLE team_members DROP COLUMN left_on")
    op.execute("ALTER TABLE practices DROP COLUMN wording_terms")
    op.execute("DROP TABLE iep_copies")
    for column in ("support_id", "source", "is_draft"):
        op.execute(f"ALTER TABLE provisions DROP COLUMN {column}")
    for column in ("is_draft", "content_digest", "document_id", "based_on_id", "amended_on", "agreed_by", "sha256"):
        op.execute(f"ALTER TABLE iep_versions DROP COLUMN {column}")
    op.execute("DROP TABLE document_readings")
    op.execute("DROP TABLE documents")
