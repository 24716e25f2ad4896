"""The playbook: observations, mail that comes in, check-ins, the law's clocks, proceedings, letters.

Revision 0008. What looks at rows that are there already is checked by 0009, outside of these locks.
"""

from alembic import op

from migrations.practice_table import lock, owned, queue

revision = "0008"
down_revision = "0007"

RECORD = "select, insert"
NEW_REFERENCES = (
    ("communications", "corrects_id", "communications"),
    ("communications", "letter_id", "letters"),
    ("messages", "communication_id", "communications"),
    ("reminders", "check_in_id", "check_ins"),
    ("reminders", "deadline_id", "deadlines"),
    ("students", "school_calendar_id", "school_calendars"),
)


def upgrade() -> None:
    school_calendars()
    check_ins()
    observations()
    proceedings()
    deadlines()
    letters()
    communications()
    follow_ups()
    digests()
    for table, column, referred in NEW_REFERENCES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} UUID")
        op.execute(f"""
            ALTER TABLE {table} ADD CONSTRAINT fk_{table}_{column}
            FOREIGN KEY(tenant_id, {column}) REFERENCES {referred} (tenant_id, id) NOT VALID
        """)
    inbound_mails()


def school_calendars() -> None:
    """A district's calendar, where it is not the practice's."""
    owned(
        "school_calendars",
        "name TEXT NOT NULL",
        "district TEXT",
        "state TEXT",
        "calendar JSONB NOT NULL",
        "state_holidays JSONB NOT NULL",
    )
    lock("school_calendars")


def check_ins() -> None:
    owned(
        "check_ins",
        "case_id UUID NOT NULL",
        "concern_id UUID",
        "provision_id UUID",
        "team_member_id UUID",
        "assignee_id UUID NOT NULL",
        "party TEXT NOT NULL",
        "every TEXT NOT NULL",
        "weekday TEXT NOT NULL",
        "at TEXT NOT NULL",
        "starts_on DATE NOT NULL",
        "ends_on DATE",
        "state TEXT NOT NULL",
        "next_on DATE",
        "occurrence BIGINT NOT NULL",
        "note TEXT",
        "reason TEXT",
        "CONSTRAINT ck_check_ins_party CHECK (party in ('teacher', 'child', 'team'))",
        "CONSTRAINT ck_check_ins_every CHECK (every in ('week', 'two_weeks'))",
        "CONSTRAINT ck_check_ins_state CHECK (state in ('active', 'paused', 'ended'))",
        "CONSTRAINT ck_check_ins_span CHECK (ends_on is null or ends_on >= starts_on)",
        refers={
            "case_id": "cases",
            "concern_id": "concerns",
            "provision_id": "provisions",
            "team_member_id": "team_members",
            "assignee_id": "staff",
        },
    )
    op.execute("CREATE INDEX ix_check_ins_case ON check_ins (tenant_id, case_id)")
    op.execute("CREATE INDEX ix_check_ins_concern ON check_ins (tenant_id, concern_id)")
    op.execute("CREATE INDEX ix_check_ins_waiting ON check_ins (next_on) WHERE state = 'active'")
    op.execute("CREATE INDEX ix_check_ins_due ON check_ins (tenant_id, next_on) WHERE state = 'active'")
    lock("check_ins")
    queue("check_ins", "next_on", "state")


def observations() -> None:
    """What was said or shown is not rewritten; a correction is a new row that names the old one."""
    owned(
        "observations",
        "case_id UUID NOT NULL",
        "concern_id UUID",
        "provision_id UUID",
        "check_in_id UUID",
        "document_id UUID",
        "corrects_id UUID",
        "recorded_by_id UUID NOT NULL",
        "source TEXT NOT NULL",
        "author TEXT",
        "weight TEXT",
        "is_verbatim BOOLEAN NOT NULL",
        "observed_on DATE NOT NULL",
        "text TEXT NOT NULL",
        "answers JSONB",
        "is_happening TEXT",
        "is_confidential BOOLEAN NOT NULL",
        "CONSTRAINT ck_observations_source CHECK (source in ('child', 'parent', 'teacher', 'document', 'visit', 'team'))",
        "CONSTRAINT ck_observations_weight CHECK (weight in ('record', 'first_hand', 'second_hand'))",
        "CONSTRAINT ck_observations_is_happening CHECK (is_happening in ('yes', 'partly', 'no'))",
        refers={
            "case_id": "cases",
            "concern_id": "concerns",
            "provision_id": "provisions",
            "check_in_id": "check_ins",
            "document_id": "documents",
            "corrects_id": "observations",
            "recorded_by_id": "staff",
        },
    )
    op.execute("CREATE INDEX ix_observations_case ON observations (tenant_id, case_id, observed_on)")
    op.execute("CREATE INDEX ix_observations_concern ON observations (tenant_id, concern_id)")
    op.execute("CREATE INDEX ix_observations_corrects ON observations (tenant_id, corrects_id)")
    lock("observations", RECORD)


def proceedings() -> None:
    owned(
        "proceedings",
        "case_id UUID NOT NULL",
        "concern_id UUID",
        "opened_by_id UUID NOT NULL",
        "kind TEXT NOT NULL",
        "is_expedited BOOLEAN NOT NULL",
        "filed_by TEXT NOT NULL",
        "state TEXT NOT NULL",
        "reference TEXT",
        "filed_on DATE",
        "facts JSONB NOT NULL",
        "complaint JSONB NOT NULL",
        "outcome TEXT",
        "ended_on DATE",
        "CONSTRAINT ck_proceedings_kind CHECK (kind in ('mediation', 'state_complaint', 'due_process'))",
        "CONSTRAINT ck_proceedings_filed_by CHECK (filed_by in ('parent', 'school'))",
        refers={"case_id": "cases", "concern_id": "concerns", "opened_by_id": "staff"},
    )
    op.execute("CREATE INDEX ix_proceedings_case ON proceedings (tenant_id, case_id)")
    op.execute("CREATE INDEX ix_proceedings_concern ON proceedings (tenant_id, concern_id)")
    lock("proceedings")
    owned(
        "proceeding_steps",
        "proceeding_id UUID NOT NULL",
        "taken_by_id UUID NOT NULL",
        "step TEXT NOT NULL",
        "from_state TEXT NOT NULL",
        "to_state TEXT NOT NULL",
        "occurred_on DATE NOT NULL",
        "note TEXT",
        "facts JSONB NOT NULL",
        refers={"proceeding_id": "proceedings", "taken_by_id": "staff"},
    )
    op.execute("CREATE INDEX ix_proceeding_steps_proceeding ON proceeding_steps (tenant_id, proceeding_id, id)")
    lock("proceeding_steps", RECORD)


def deadlines() -> None:
    """`answer` is what the rule gave, `due_on` what counts: the override where there is one."""
    owned(
        "deadlines",
        "case_id UUID NOT NULL",
        "concern_id UUID",
        "proceeding_id UUID",
        "document_id UUID",
        "assignee_id UUID NOT NULL",
        "rule TEXT NOT NULL",
        "event TEXT NOT NULL",
        "event_on DATE NOT NULL",
        "state TEXT",
        "inputs JSONB NOT NULL",
        "answer JSONB NOT NULL",
        "due_on DATE",
        "act_by DATE",
        "watch_on DATE",
        "earliest_on DATE",
        "sorts_on DATE GENERATED ALWAYS AS (coalesce(due_on, watch_on, earliest_on, '2199-12-31'::date)) STORED",
        "override_on DATE",
        "override_reason TEXT",
        "overridden_by_id UUID",
        "overridden_at TIMESTAMP WITH TIME ZONE",
        "met_on DATE",
        "waived_on DATE",
        "ended_on DATE",
        "note TEXT",
        "history JSONB NOT NULL",
        "CONSTRAINT ck_deadlines_override"
        " CHECK (override_on is null or (override_reason is not null and overridden_by_id is not null))",
        "CONSTRAINT uq_deadlines_of_proceeding UNIQUE (tenant_id, proceeding_id, rule, event)",
        refers={
            "case_id": "cases",
            "concern_id": "concerns",
            "proceeding_id": "proceedings",
            "document_id": "documents",
            "assignee_id": "staff",
            "overridden_by_id": "staff",
        },
    )
    op.execute("CREATE INDEX ix_deadlines_case ON deadlines (tenant_id, case_id, sorts_on)")
    op.execute("CREATE INDEX ix_deadlines_due ON deadlines (tenant_id, sorts_on, id)")
    lock("deadlines")


def letters() -> None:
    """A letter is edited while it is a draft; once final, nobody changes it. Sending it is a communication that names it."""
    owned(
        "letters",
        "case_id UUID NOT NULL",
        "concern_id UUID",
        "proceeding_id UUID",
        "created_by_id UUID NOT NULL",
        "template TEXT NOT NULL",
        "language TEXT NOT NULL",
        "state TEXT NOT NULL",
        "number BIGINT",
        "party TEXT NOT NULL",
        "addressees JSONB NOT NULL",
        "facts JSONB NOT NULL",
        "subject TEXT NOT NULL",
        "body TEXT NOT NULL",
        "dated_on DATE NOT NULL",
        "reply_by_on DATE",
        "provision_id UUID",
        "copies JSONB NOT NULL",
        "blanks JSONB NOT NULL",
        "is_edited BOOLEAN NOT NULL",
        "finalised_at TIMESTAMP WITH TIME ZONE",
        "finalised_by_id UUID",
        "document_id UUID",
        "docx_document_id UUID",
        "CONSTRAINT ck_letters_state CHECK (state in ('draft', 'final'))",
        "CONSTRAINT ck_letters_final CHECK (state = 'draft' or (number is not null and document_id is not null))",
        "CONSTRAINT uq_letters_number UNIQUE (tenant_id, number)",
        refers={
            "case_id": "cases",
            "concern_id": "concerns",
            "proceeding_id": "proceedings",
            "provision_id": "provisions",
            "created_by_id": "staff",
            "finalised_by_id": "staff",
            "document_id": "documents",
            "docx_document_id": "documents",
        },
    )
    op.execute("CREATE INDEX ix_letters_case ON letters (tenant_id, case_id)")
    op.execute("CREATE INDEX ix_letters_document ON letters (tenant_id, document_id)")
    op.execute("CREATE INDEX ix_letters_docx_document ON letters (tenant_id, docx_document_id)")
    lock("letters")
    op.execute(
        "create policy letters_kept on letters as restrictive for update to followthrough_app"
        " using (state = 'draft') with check (true)"
    )
    op.execute("create policy letters_stay on letters as restrictive for delete to followthrough_app using (state = 'draft')")
    owned(
        "letter_templates",
        "template TEXT NOT NULL",
        "language TEXT NOT NULL",
        "subject TEXT NOT NULL",
        "body TEXT NOT NULL",
        "CONSTRAINT uq_letter_templates_template UNIQUE (tenant_id, template, language)",
    )
    lock("letter_templates")
    # What stands in the head of a letter besides the name.
    op.execute("ALTER TABLE practices ADD COLUMN address TEXT")
    op.execute("ALTER TABLE practices ADD COLUMN phone TEXT")


def communications() -> None:
    op.execute("ALTER TABLE communications ADD COLUMN follow_up_policy JSONB")
    # What came by mail was uploaded by nobody.
    op.execute("-- squawk-ignore ban-drop-not-null\nALTER TABLE documents ALTER COLUMN uploaded_by_id DROP NOT NULL")
    owned(
        "communication_documents",
        "communication_id UUID NOT NULL",
        "document_id UUID NOT NULL",
        "CONSTRAINT uq_communication_documents_pair UNIQUE (tenant_id, communication_id, document_id)",
        refers={"communication_id": "communications", "document_id": "documents"},
    )
    op.execute("CREATE INDEX ix_communication_documents_document ON communication_documents (tenant_id, document_id)")
    lock("communication_documents", RECORD)


def follow_ups() -> None:
    op.execute("ALTER TABLE practices ADD COLUMN follow_up_quiet_days JSONB DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE practices ADD COLUMN follow_up_tells TEXT DEFAULT 'responsible' NOT NULL")
    op.execute("ALTER TABLE practices ADD COLUMN follow_up_escalates_after_days BIGINT")
    op.execute("ALTER TABLE cases ADD COLUMN follow_up_policy JSONB")
    op.execute("ALTER TABLE reminders ADD COLUMN prompts JSONB")
    op.execute("ALTER TABLE reminders ADD COLUMN tells TEXT DEFAULT 'responsible' NOT NULL")


def digests() -> None:
    """Who wants a mail on working mornings, at which wall time, and when the next one is to be written."""
    owned(
        "digests",
        "staff_id UUID NOT NULL",
        "at TEXT NOT NULL",
        "due_at TIMESTAMP WITH TIME ZONE NOT NULL",
        "CONSTRAINT uq_digests_staff UNIQUE (tenant_id, staff_id)",
        refers={"staff_id": "staff"},
    )
    op.execute("CREATE INDEX ix_digests_waiting ON digests (due_at)")
    op.execute("CREATE INDEX ix_digests_due ON digests (tenant_id, due_at)")
    lock("digests")
    queue("digests", "due_at")


def inbound_mails() -> None:
    """What came in by mail, as it came: its bytes lie in a file under its id."""
    owned(
        "inbound_mails",
        "case_id UUID NOT NULL",
        "communication_id UUID",
        "state TEXT NOT NULL",
        "because TEXT",
        "mail_id TEXT",
        "answers_mail_ids JSONB NOT NULL",
        "from_address TEXT NOT NULL",
        "from_name TEXT",
        "subject TEXT",
        "text TEXT NOT NULL",
        "attachments JSONB NOT NULL",
        "authentication_results TEXT",
        "sent_at TIMESTAMP WITH TIME ZONE",
        "received_at TIMESTAMP WITH TIME ZONE NOT NULL",
        "size_bytes BIGINT NOT NULL",
        "sha256 BYTEA NOT NULL",
        "settled_by_id UUID",
        "reason TEXT",
        "CONSTRAINT ck_inbound_mails_state CHECK (state in ('recorded', 'waiting', 'discarded'))",
        "CONSTRAINT ck_inbound_mails_recorded CHECK (state <> 'recorded' or communication_id is not null)",
        "CONSTRAINT uq_inbound_mails_content UNIQUE (tenant_id, case_id, sha256)",
        refers={"case_id": "cases", "communication_id": "communications", "settled_by_id": "staff"},
    )
    op.execute("CREATE INDEX ix_inbound_mails_mail_id ON inbound_mails (tenant_id, mail_id)")
    op.execute("CREATE INDEX ix_inbound_mails_communication ON inbound_mails (tenant_id, communication_id)")
    lock("inbound_mails", "select, insert, update")


def downgrade() -> None:
    op.execute("DROP TABLE inbound_mails")
    for table, column, _ in NEW_REFERENCES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for column in ("prompts", "tells"):
        op.execute(f"ALTER TABLE reminders DROP COLUMN {column}")
    op.execute("ALTER TABLE cases DROP COLUMN follow_up_policy")
    for column in ("follow_up_quiet_days", "follow_up_tells", "follow_up_escalates_after_days"):
        op.execute(f"ALTER TABLE practices DROP COLUMN {column}")
    for column in ("address", "phone"):
        op.execute(f"ALTER TABLE practices DROP COLUMN {column}")
    op.execute("ALTER TABLE communications DROP COLUMN follow_up_policy")
    op.execute(
        "UPDATE documents SET uploaded_by_id = (SELECT advocate_id FROM cases"
        " WHERE cases.tenant_id = documents.tenant_id AND cases.id = documents.case_id) WHERE uploaded_by_id IS NULL"
    )
    op.execute("ALTER TABLE documents ALTER COLUMN uploaded_by_id SET NOT NULL")
    for table in (
        *("communication_documents", "letter_templates", "letters", "deadlines", "proceeding_steps", "proceedings"),
        *("observations", "check_ins", "school_calendars", "digests"),
    ):
        op.execute(f"DROP TABLE {table}")
