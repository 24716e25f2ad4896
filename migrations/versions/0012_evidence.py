"""Evidence: the service log, statements, packets and who looked at a child's record.

Revision 0012. What looks at rows that are there already is checked by 0013, outside of these locks.
"""

from alembic import op

from migrations.practice_table import ROLE, lock, owned, queue

revision = "0012"
down_revision = "0011"

RECORD = "select, insert"
WITHDRAWN = "withdrawn_at, withdrawn_by_id, withdrawn_because, version, updated_at"
BEFORE = "('pdf', 'docx', 'txt')"
FILE_TYPES = "('pdf', 'docx', 'txt', 'csv', 'xlsx', 'jpeg', 'png', 'webp', 'gif', 'heic', 'mp3', 'm4a', 'wav', 'ogg')"


def upgrade() -> None:
    documents()
    service_log_imports()
    service_sessions()
    compensatory_claims()
    observation_documents()
    statements()
    packets()
    packet_shares()
    access_entries()


def documents() -> None:
    """Logs, pictures and recordings are documents too."""
    op.execute("-- squawk-ignore ban-drop-constraint\nALTER TABLE documents DROP CONSTRAINT ck_documents_file_type")
    op.execute(f"""
        ALTER TABLE documents ADD CONSTRAINT ck_documents_file_type CHECK (file_type in {FILE_TYPES}) NOT VALID
    """)


def service_log_imports() -> None:
    """A school's log that was taken in: of which file, and what was made of it."""
    owned(
        "service_log_imports",
        "case_id UUID NOT NULL",
        "document_id UUID NOT NULL",
        "imported_by_id UUID NOT NULL",
        "mapping JSONB NOT NULL",
        "rows_taken BIGINT NOT NULL",
        "rows_known BIGINT NOT NULL",
        "rows_left_out BIGINT NOT NULL",
        "withdrawn_at TIMESTAMP WITH TIME ZONE",
        "withdrawn_by_id UUID",
        "withdrawn_because TEXT",
        refers={
            "case_id": "cases",
            "document_id": "documents",
            "imported_by_id": "staff",
            "withdrawn_by_id": "staff",
        },
    )
    op.execute("CREATE INDEX ix_service_log_imports_case ON service_log_imports (tenant_id, case_id)")
    lock("service_log_imports", RECORD)
    withdrawable("service_log_imports")


def service_sessions() -> None:
    """The service log. What was recorded is not rewritten: it is corrected by another entry, or withdrawn."""
    owned(
        "service_sessions",
        "provision_id UUID NOT NULL",
        "student_id UUID NOT NULL",
        "held_on DATE NOT NULL",
        "starts_at TEXT",
        "minutes BIGINT NOT NULL",
        "outcome TEXT NOT NULL",
        "missed_by TEXT",
        "makes_up_for_id UUID",
        "reason TEXT",
        "provider TEXT",
        "group_size BIGINT",
        "source TEXT NOT NULL",
        "document_id UUID",
        "import_id UUID",
        "row_number BIGINT",
        "fingerprint BYTEA",
        "corrects_id UUID",
        "recorded_by_id UUID NOT NULL",
        "withdrawn_at TIMESTAMP WITH TIME ZONE",
        "withdrawn_by_id UUID",
        "withdrawn_because TEXT",
        "CONSTRAINT ck_service_sessions_minutes CHECK (minutes between 1 and 1440)",
        "CONSTRAINT ck_service_sessions_outcome CHECK"
        " (outcome in ('delivered', 'partial', 'made_up', 'missed', 'student_absent', 'school_closed'))",
        "CONSTRAINT ck_service_sessions_missed_by CHECK (missed_by is null or outcome = 'missed')",
        "CONSTRAINT ck_service_sessions_makes_up CHECK (makes_up_for_id is null or outcome = 'made_up')",
        "CONSTRAINT ck_service_sessions_source CHECK (source in ('school', 'provider', 'parent', 'child', 'practice'))",
        refers={
            "provision_id": "provisions",
            "student_id": "students",
            "makes_up_for_id": "service_sessions",
            "document_id": "documents",
            "import_id": "service_log_imports",
            "corrects_id": "service_sessions",
            "recorded_by_id": "staff",
            "withdrawn_by_id": "staff",
        },
    )
    for name, columns in (
        ("provision", "provision_id, held_on"),
        ("student", "student_id, held_on"),
        ("import", "import_id"),
        ("corrects", "corrects_id"),
        ("makes_up_for", "makes_up_for_id"),
    ):
        op.execute(f"CREATE INDEX ix_service_sessions_{name} ON service_sessions (tenant_id, {columns})")
    # A row of a log is taken in once, however often the log comes.
    op.execute("""
        CREATE UNIQUE INDEX uq_service_sessions_fingerprint ON service_sessions (tenant_id, student_id, fingerprint)
        WHERE fingerprint is not null and withdrawn_at is null
    """)
    lock("service_sessions", RECORD)
    withdrawable("service_sessions")


def compensatory_claims() -> None:
    """What the family has asked back of minutes; how much that ought to be, nobody works out."""
    owned(
        "compensatory_claims",
        "case_id UUID NOT NULL",
        "provision_id UUID NOT NULL",
        "student_id UUID NOT NULL",
        "minutes BIGINT NOT NULL",
        "claimed_on DATE NOT NULL",
        "from_on DATE",
        "to_on DATE",
        "communication_id UUID",
        "letter_id UUID",
        "proceeding_id UUID",
        "note TEXT",
        "recorded_by_id UUID NOT NULL",
        "withdrawn_at TIMESTAMP WITH TIME ZONE",
        "withdrawn_by_id UUID",
        "withdrawn_because TEXT",
        "CONSTRAINT ck_compensatory_claims_minutes CHECK (minutes > 0)",
        "CONSTRAINT ck_compensatory_claims_span CHECK (from_on is null or to_on is null or to_on >= from_on)",
        refers={
            "case_id": "cases",
            "provision_id": "provisions",
            "student_id": "students",
            "communication_id": "communications",
            "letter_id": "letters",
            "proceeding_id": "proceedings",
            "recorded_by_id": "staff",
            "withdrawn_by_id": "staff",
        },
    )
    op.execute("CREATE INDEX ix_compensatory_claims_case ON compensatory_claims (tenant_id, case_id)")
    op.execute("CREATE INDEX ix_compensatory_claims_student ON compensatory_claims (tenant_id, student_id)")
    lock("compensatory_claims", RECORD)
    withdrawable("compensatory_claims")


def observation_documents() -> None:
    owned(
        "observation_documents",
        "observation_id UUID NOT NULL",
        "document_id UUID NOT NULL",
        "CONSTRAINT uq_observation_documents_pair UNIQUE (tenant_id, observation_id, document_id)",
        refers={"observation_id": "observations", "document_id": "documents"},
    )
    op.execute("CREATE INDEX ix_observation_documents_document ON observation_documents (tenant_id, document_id)")
    lock("observation_documents", RECORD)


def statements() -> None:
    """What somebody was asked to write, and what they signed: the latter stays as it is, by the database."""
    owned(
        "statements",
        "case_id UUID NOT NULL",
        "concern_id UUID",
        "provision_id UUID",
        "asked_by_id UUID NOT NULL",
        "name TEXT NOT NULL",
        "email TEXT NOT NULL",
        "party TEXT NOT NULL",
        "language TEXT NOT NULL",
        "question TEXT NOT NULL",
        "about_from DATE",
        "about_to DATE",
        "communication_id UUID",
        "asked_at TIMESTAMP WITH TIME ZONE NOT NULL",
        "link_hash BYTEA",
        "expires_at TIMESTAMP WITH TIME ZONE NOT NULL",
        "withdrawn_at TIMESTAMP WITH TIME ZONE",
        "withdrawn_by_id UUID",
        "withdrawn_because TEXT",
        "CONSTRAINT uq_statements_link_hash UNIQUE (tenant_id, link_hash)",
        "CONSTRAINT ck_statements_party CHECK (party in ('teacher', 'therapist', 'parent', 'other'))",
        refers={
            "case_id": "cases",
            "concern_id": "concerns",
            "provision_id": "provisions",
            "asked_by_id": "staff",
            "communication_id": "communications",
            "withdrawn_by_id": "staff",
        },
    )
    op.execute("CREATE INDEX ix_statements_case ON statements (tenant_id, case_id)")
    op.execute("CREATE INDEX ix_statements_concern ON statements (tenant_id, concern_id)")
    lock("statements", RECORD)
    # What was asked stays too: it can be asked again, and withdrawn.
    asked_again = "communication_id, asked_at, link_hash, expires_at"
    op.execute(f"grant update ({asked_again}, {WITHDRAWN}) on statements to {ROLE}")
    owned(
        "statement_entries",
        "statement_id UUID NOT NULL",
        "case_id UUID NOT NULL",
        "number BIGINT NOT NULL",
        "canonical TEXT NOT NULL",
        "sha256 BYTEA NOT NULL",
        "CONSTRAINT uq_statement_entries_number UNIQUE (tenant_id, statement_id, number)",
        refers={"statement_id": "statements", "case_id": "cases"},
    )
    op.execute("CREATE INDEX ix_statement_entries_case ON statement_entries (tenant_id, case_id)")
    lock("statement_entries", RECORD)


def packets() -> None:
    owned(
        "packets",
        "case_id UUID NOT NULL",
        "requested_by_id UUID NOT NULL",
        "purpose TEXT NOT NULL",
        "title TEXT NOT NULL",
        "language TEXT NOT NULL",
        "from_on DATE",
        "to_on DATE",
        "parts JSONB NOT NULL",
        "exhibits JSONB NOT NULL",
        "redactions JSONB",
        "complaint JSONB",
        "missing JSONB",
        "state TEXT NOT NULL",
        "due_at TIMESTAMP WITH TIME ZONE NOT NULL",
        "attempts BIGINT NOT NULL",
        "lease_owner UUID",
        "lease_number BIGINT NOT NULL",
        "stage TEXT NOT NULL",
        "stage_done BIGINT NOT NULL",
        "stage_of BIGINT NOT NULL",
        "as_of TIMESTAMP WITH TIME ZONE",
        "built_at TIMESTAMP WITH TIME ZONE",
        "failure TEXT",
        "contents JSONB",
        "pages BIGINT",
        "pdf_bytes BIGINT",
        "pdf_sha256 BYTEA",
        "zip_bytes BIGINT",
        "zip_sha256 BYTEA",
        "CONSTRAINT ck_packets_purpose CHECK (purpose in ('team_meeting', 'mediation', 'state_complaint', 'due_process'))",
        "CONSTRAINT ck_packets_state CHECK (state in ('waiting', 'done', 'failed', 'cancelled', 'discarded'))",
        "CONSTRAINT ck_packets_span CHECK (from_on is null or to_on is null or to_on >= from_on)",
        "CONSTRAINT ck_packets_done CHECK (state <> 'done' or (pdf_sha256 is not null and zip_sha256 is not null))",
        refers={"case_id": "cases", "requested_by_id": "staff"},
    )
    op.execute("CREATE INDEX ix_packets_case ON packets (tenant_id, case_id)")
    op.execute("CREATE INDEX ix_packets_waiting ON packets (due_at) WHERE state = 'waiting'")
    op.execute("CREATE INDEX ix_packets_due ON packets (tenant_id, due_at) WHERE state = 'waiting'")
    lock("packets")
    queue("packets", "due_at", "state")


def packet_shares() -> None:
    """A link to a packet for one person, opened with a code that is told apart from it."""
    owned(
        "packet_shares",
        "packet_id UUID NOT NULL",
        "case_id UUID NOT NULL",
        "shared_by_id UUID NOT NULL",
        "name TEXT NOT NULL",
        "email TEXT NOT NULL",
        "organization TEXT",
        "purpose TEXT",
        "link_hash BYTEA",
        "code_hash TEXT NOT NULL",
        "failures BIGINT NOT NULL",
        "expires_at TIMESTAMP WITH TIME ZONE NOT NULL",
        "first_opened_at TIMESTAMP WITH TIME ZONE",
        "last_opened_at TIMESTAMP WITH TIME ZONE",
        "withdrawn_at TIMESTAMP WITH TIME ZONE",
        "withdrawn_by_id UUID",
        "CONSTRAINT uq_packet_shares_link_hash UNIQUE (tenant_id, link_hash)",
        refers={"packet_id": "packets", "case_id": "cases", "shared_by_id": "staff", "withdrawn_by_id": "staff"},
    )
    op.execute("CREATE INDEX ix_packet_shares_packet ON packet_shares (tenant_id, packet_id)")
    lock("packet_shares")


def access_entries() -> None:
    """Who read a child's record, and to whom it was disclosed (34 CFR 99.32, 300.614)."""
    op.execute("CREATE SEQUENCE access_entries_sequence")
    op.execute(f"grant usage on sequence access_entries_sequence to {ROLE}")
    owned(
        "access_entries",
        "sequence BIGINT DEFAULT nextval('access_entries_sequence') NOT NULL",
        "student_id UUID NOT NULL",
        "kind TEXT NOT NULL",
        "resource TEXT NOT NULL",
        "row_id UUID",
        "actor TEXT NOT NULL",
        "staff_id UUID",
        "sign_in_id UUID",
        "api_key_id UUID",
        "packet_share_id UUID",
        "disclosed_to TEXT",
        "purpose TEXT",
        "reader_id UUID",
        "hour TIMESTAMP WITH TIME ZONE",
        "request_id TEXT",
        refers={
            "student_id": "students",
            "staff_id": "staff",
            "api_key_id": "api_keys",
            "packet_share_id": "packet_shares",
        },
    )
    op.execute("CREATE INDEX ix_access_entries_student ON access_entries (tenant_id, student_id, sequence)")
    # Who reads the same again and again within the hour has read it once.
    op.execute("""
        CREATE UNIQUE INDEX uq_access_entries_read ON access_entries (tenant_id, student_id, reader_id, resource, hour)
        WHERE hour is not null
    """)
    lock("access_entries", RECORD)


def withdrawable(table: str) -> None:
    """Of what is kept as it was recorded, this alone can be said afterwards: that it does not count, and why."""
    op.execute(f"grant update ({WITHDRAWN}) on {table} to {ROLE}")
    op.execute(
        f"create policy {table}_stays on {table} as restrictive for update to {ROLE}"
        " using (withdrawn_at is null) with check (true)"
    )


def downgrade() -> None:
    for table in (
        *("access_entries", "packet_shares", "packets", "statement_entries", "statements", "observation_documents"),
        *("compensatory_claims", "service_sessions", "service_log_imports"),
    ):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP SEQUENCE access_entries_sequence")
    # What came meanwhile is kept, byte for byte. An older release hands out three kinds: as the plainest of them.
    op.execute("ALTER TABLE documents DROP CONSTRAINT ck_documents_file_type")
    op.execute(f"UPDATE documents SET file_type = 'txt' WHERE file_type not in {BEFORE}")
    op.execute(f"ALTER TABLE documents ADD CONSTRAINT ck_documents_file_type CHECK (file_type in {BEFORE})")
