"""Consultations: when and how they can be booked, by whom, what reminds of them; enquiries, conflict checks, calendars.

Revision 0004. What looks at rows that are there already is checked by 0005, outside of these locks.
"""

from alembic import op

from migrations.practice_table import ROLE, WORKER, lock, queue

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    columns()
    booking_links()
    bookings()
    availability_overrides()
    time_off()
    booking_events()
    booking_reminders()
    messages()
    external_calendars()
    external_busy()
    calendar_feeds()
    enquiries()
    conflict_checks()
    throttles()
    housekeeping()


def columns() -> None:
    op.execute("ALTER TABLE practices ADD COLUMN country TEXT DEFAULT 'US' NOT NULL")
    op.execute("ALTER TABLE practices ADD COLUMN language TEXT DEFAULT 'en' NOT NULL")
    op.execute("ALTER TABLE practices ADD COLUMN closes_on_public_holidays BOOLEAN DEFAULT true NOT NULL")
    op.execute("ALTER TABLE practices ADD COLUMN retention_days BIGINT DEFAULT 365 NOT NULL")
    op.execute("ALTER TABLE practices ADD COLUMN booking_consent TEXT")
    op.execute("ALTER TABLE consultation_types ADD COLUMN minimum_notice_days BIGINT DEFAULT 0 NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN bookable_until DATE")
    op.execute("ALTER TABLE consultation_types ADD COLUMN daily_limit_minutes BIGINT")
    op.execute("ALTER TABLE consultation_types ADD COLUMN weekly_limit BIGINT")
    op.execute("ALTER TABLE consultation_types ADD COLUMN weekly_limit_minutes BIGINT")
    op.execute("ALTER TABLE consultation_types ADD COLUMN monthly_limit BIGINT")
    op.execute("ALTER TABLE consultation_types ADD COLUMN monthly_limit_minutes BIGINT")
    op.execute("ALTER TABLE consultation_types ADD COLUMN season_caps JSONB DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN questions JSONB DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN location JSONB")
    op.execute("ALTER TABLE consultation_types ADD COLUMN language TEXT DEFAULT 'en' NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN needs_confirmation BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN verifies_address BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN is_private BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN visitors_choose_host BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN hosts JSONB DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE consultation_types ADD COLUMN reminder_offsets_minutes JSONB DEFAULT '[1440, 60]' NOT NULL")
    op.execute("ALTER TABLE availabilities ADD COLUMN summer_weekly JSONB")
    op.execute("ALTER TABLE availabilities ADD COLUMN travels JSONB DEFAULT '[]' NOT NULL")


def bookings() -> None:
    op.execute("ALTER TABLE bookings ADD COLUMN expires_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE bookings ADD COLUMN is_verification BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE bookings ADD COLUMN source_hash BYTEA")
    op.execute("ALTER TABLE bookings ADD COLUMN keeps_host BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE bookings ADD COLUMN answers JSONB DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE bookings ADD COLUMN language TEXT DEFAULT 'en' NOT NULL")
    op.execute("ALTER TABLE bookings ADD COLUMN consent JSONB")
    op.execute("ALTER TABLE bookings ADD COLUMN booking_link_id UUID")
    op.execute("ALTER TABLE bookings ADD COLUMN concern_id UUID")
    op.execute("ALTER TABLE bookings ADD COLUMN erased_at TIMESTAMP WITH TIME ZONE")
    # A hold has no name yet, and what was erased has none any more. The release before this one shows such a row as it is.
    for column in ("name", "email"):
        op.execute(f"-- squawk-ignore ban-drop-not-null\nALTER TABLE bookings ALTER COLUMN {column} DROP NOT NULL")
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT ck_bookings_named
        CHECK (state = 'held' or erased_at is not null or (name is not null and email is not null)) NOT VALID
    """)
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT ck_bookings_held CHECK (state = 'held' or expires_at is null) NOT VALID
    """)
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT fk_bookings_booking_link_id
        FOREIGN KEY(tenant_id, booking_link_id) REFERENCES booking_links (tenant_id, id) NOT VALID
    """)
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT fk_bookings_concern_id
        FOREIGN KEY(tenant_id, concern_id) REFERENCES concerns (tenant_id, id) NOT VALID
    """)


def availability_overrides() -> None:
    op.execute("""
        CREATE TABLE availability_overrides (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            staff_id UUID NOT NULL,
            date DATE NOT NULL,
            hours JSONB NOT NULL,
            note TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_availability_overrides PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_availability_overrides_date UNIQUE (tenant_id, staff_id, date)
        )
    """)
    op.execute("select distribute('availability_overrides')")
    op.execute("""
        ALTER TABLE availability_overrides ADD CONSTRAINT fk_availability_overrides_staff_id
        FOREIGN KEY(tenant_id, staff_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE availability_overrides ADD CONSTRAINT fk_availability_overrides_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    lock("availability_overrides")


def time_off() -> None:
    op.execute("""
        CREATE TABLE time_off (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            staff_id UUID NOT NULL,
            starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
            ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
            note TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_time_off PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_time_off_span CHECK (starts_at < ends_at)
        )
    """)
    op.execute("select distribute('time_off')")
    op.execute("""
        ALTER TABLE time_off ADD CONSTRAINT fk_time_off_staff_id
        FOREIGN KEY(tenant_id, staff_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE time_off ADD CONSTRAINT fk_time_off_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_time_off_ends_at ON time_off (tenant_id, ends_at)")
    lock("time_off")


def booking_links() -> None:
    op.execute("""
        CREATE TABLE booking_links (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            consultation_type_id UUID NOT NULL,
            host_id UUID,
            single_use BOOLEAN NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE,
            note TEXT,
            link_hash BYTEA NOT NULL,
            used_at TIMESTAMP WITH TIME ZONE,
            revoked_at TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_booking_links PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_booking_links_link_hash UNIQUE (tenant_id, link_hash)
        )
    """)
    op.execute("select distribute('booking_links')")
    op.execute("""
        ALTER TABLE booking_links ADD CONSTRAINT fk_booking_links_consultation_type_id
        FOREIGN KEY(tenant_id, consultation_type_id) REFERENCES consultation_types (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE booking_links ADD CONSTRAINT fk_booking_links_host_id
        FOREIGN KEY(tenant_id, host_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE booking_links ADD CONSTRAINT fk_booking_links_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    lock("booking_links", "select, insert, update")


def booking_events() -> None:
    op.execute("""
        CREATE TABLE booking_events (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            booking_id UUID NOT NULL,
            kind TEXT NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            by TEXT NOT NULL,
            staff_id UUID,
            host_id UUID,
            starts_at TIMESTAMP WITH TIME ZONE,
            from_host_id UUID,
            from_starts_at TIMESTAMP WITH TIME ZONE,
            reason TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_booking_events PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_booking_events_kind
                CHECK (kind in ('held', 'requested', 'confirmed', 'verified', 'declined', 'moved', 'handed_over', 'cancelled',
                    'completed', 'no_show', 'converted'))
        )
    """)
    op.execute("select distribute('booking_events')")
    op.execute("""
        ALTER TABLE booking_events ADD CONSTRAINT fk_booking_events_booking_id
        FOREIGN KEY(tenant_id, booking_id) REFERENCES bookings (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE booking_events ADD CONSTRAINT fk_booking_events_staff_id
        FOREIGN KEY(tenant_id, staff_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE booking_events ADD CONSTRAINT fk_booking_events_host_id
        FOREIGN KEY(tenant_id, host_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE booking_events ADD CONSTRAINT fk_booking_events_from_host_id
        FOREIGN KEY(tenant_id, from_host_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE booking_events ADD CONSTRAINT fk_booking_events_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_booking_events_booking ON booking_events (tenant_id, booking_id, id)")
    lock("booking_events", "select, insert, update (reason)")


def booking_reminders() -> None:
    op.execute("""
        CREATE TABLE booking_reminders (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            booking_id UUID NOT NULL,
            sequence BIGINT NOT NULL,
            offset_minutes BIGINT NOT NULL,
            due_at TIMESTAMP WITH TIME ZONE NOT NULL,
            state TEXT NOT NULL,
            fired_at TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_booking_reminders PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_booking_reminders_offset UNIQUE (tenant_id, booking_id, sequence, offset_minutes),
            CONSTRAINT ck_booking_reminders_state CHECK (state in ('scheduled', 'fired', 'dropped'))
        )
    """)
    op.execute("select distribute('booking_reminders')")
    op.execute("""
        ALTER TABLE booking_reminders ADD CONSTRAINT fk_booking_reminders_booking_id
        FOREIGN KEY(tenant_id, booking_id) REFERENCES bookings (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE booking_reminders ADD CONSTRAINT fk_booking_reminders_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_booking_reminders_waiting ON booking_reminders (due_at) WHERE state in ('scheduled')")
    op.execute("CREATE INDEX ix_booking_reminders_due ON booking_reminders (tenant_id, due_at) WHERE state in ('scheduled')")
    lock("booking_reminders")
    queue("booking_reminders", "state", "due_at")


def messages() -> None:
    # What a mail is about, as it was when it was written: a mail that is overtaken is withdrawn. No foreign key: a time that
    # was held for an address goes when nobody confirms it, and the mail that asked stays.
    op.execute("ALTER TABLE messages ADD COLUMN booking_id UUID")
    op.execute("ALTER TABLE messages ADD COLUMN booking_sequence BIGINT")
    op.execute("ALTER TABLE messages ADD COLUMN useless_at TIMESTAMP WITH TIME ZONE")
    # Replaced by one that allows more.
    op.execute("-- squawk-ignore ban-drop-constraint\nALTER TABLE messages DROP CONSTRAINT ck_messages_state")
    op.execute("""
        ALTER TABLE messages ADD CONSTRAINT ck_messages_state
        CHECK (state in ('queued', 'sending', 'sent', 'failed', 'withdrawn')) NOT VALID
    """)


def external_calendars() -> None:
    op.execute("""
        CREATE TABLE external_calendars (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            staff_id UUID NOT NULL,
            name TEXT NOT NULL,
            sealed_url BYTEA NOT NULL,
            url_hint TEXT NOT NULL,
            state TEXT NOT NULL,
            next_poll_at TIMESTAMP WITH TIME ZONE NOT NULL,
            lease_owner UUID,
            lease_number BIGINT NOT NULL,
            failures BIGINT NOT NULL,
            last_polled_at TIMESTAMP WITH TIME ZONE,
            last_ok_at TIMESTAMP WITH TIME ZONE,
            last_error TEXT,
            etag TEXT,
            last_modified TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_external_calendars PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_external_calendars_state CHECK (state in ('waiting', 'ok', 'failing'))
        )
    """)
    op.execute("select distribute('external_calendars')")
    op.execute("""
        ALTER TABLE external_calendars ADD CONSTRAINT fk_external_calendars_staff_id
        FOREIGN KEY(tenant_id, staff_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE external_calendars ADD CONSTRAINT fk_external_calendars_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_external_calendars_waiting ON external_calendars (next_poll_at)")
    op.execute("CREATE INDEX ix_external_calendars_next_poll_at ON external_calendars (tenant_id, next_poll_at)")
    lock("external_calendars")
    queue("external_calendars", "next_poll_at")


def external_busy() -> None:
    op.execute("""
        CREATE TABLE external_busy (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            external_calendar_id UUID NOT NULL,
            starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
            ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_external_busy PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_external_busy_span CHECK (starts_at < ends_at)
        )
    """)
    op.execute("select distribute('external_busy')")
    op.execute("""
        ALTER TABLE external_busy ADD CONSTRAINT fk_external_busy_external_calendar_id
        FOREIGN KEY(tenant_id, external_calendar_id) REFERENCES external_calendars (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE external_busy ADD CONSTRAINT fk_external_busy_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_external_busy_calendar ON external_busy (tenant_id, external_calendar_id)")
    op.execute("CREATE INDEX ix_external_busy_ends_at ON external_busy (tenant_id, ends_at)")
    lock("external_busy")


def calendar_feeds() -> None:
    op.execute("""
        CREATE TABLE calendar_feeds (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            staff_id UUID NOT NULL,
            link_hash BYTEA NOT NULL,
            revoked_at TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_calendar_feeds PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_calendar_feeds_link_hash UNIQUE (tenant_id, link_hash)
        )
    """)
    op.execute("select distribute('calendar_feeds')")
    op.execute("""
        ALTER TABLE calendar_feeds ADD CONSTRAINT fk_calendar_feeds_staff_id
        FOREIGN KEY(tenant_id, staff_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE calendar_feeds ADD CONSTRAINT fk_calendar_feeds_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    lock("calendar_feeds", "select, insert, update")


def enquiries() -> None:
    op.execute("""
        CREATE TABLE enquiries (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            name TEXT,
            email TEXT,
            phone TEXT,
            message TEXT,
            language TEXT NOT NULL,
            timezone TEXT,
            source_url TEXT,
            consent JSONB,
            state TEXT NOT NULL,
            reason TEXT,
            replies JSONB NOT NULL,
            answered_at TIMESTAMP WITH TIME ZONE,
            client_id UUID,
            student_id UUID,
            case_id UUID,
            concern_id UUID,
            erased_at TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_enquiries PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_enquiries_state CHECK (state in ('new', 'answered', 'dismissed', 'converted', 'spam')),
            CONSTRAINT ck_enquiries_language CHECK (language in ('en', 'es'))
        )
    """)
    op.execute("select distribute('enquiries')")
    op.execute("""
        ALTER TABLE enquiries ADD CONSTRAINT fk_enquiries_client_id
        FOREIGN KEY(tenant_id, client_id) REFERENCES clients (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE enquiries ADD CONSTRAINT fk_enquiries_student_id
        FOREIGN KEY(tenant_id, student_id) REFERENCES students (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE enquiries ADD CONSTRAINT fk_enquiries_case_id
        FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE enquiries ADD CONSTRAINT fk_enquiries_concern_id
        FOREIGN KEY(tenant_id, concern_id) REFERENCES concerns (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE enquiries ADD CONSTRAINT fk_enquiries_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_enquiries_state ON enquiries (tenant_id, state, id)")
    lock("enquiries")


def conflict_checks() -> None:
    op.execute("""
        CREATE TABLE conflict_checks (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            client_id UUID,
            booking_id UUID,
            enquiry_id UUID,
            terms JSONB NOT NULL,
            hits JSONB NOT NULL,
            searched_at TIMESTAMP WITH TIME ZONE NOT NULL,
            searched_by_id UUID NOT NULL,
            decision TEXT NOT NULL,
            decided_at TIMESTAMP WITH TIME ZONE,
            decided_by_id UUID,
            note TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_conflict_checks PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_conflict_checks_subject CHECK (num_nonnulls(client_id, booking_id, enquiry_id) = 1),
            CONSTRAINT ck_conflict_checks_decision CHECK (decision in ('open', 'clear', 'conflict', 'waived'))
        )
    """)
    op.execute("select distribute('conflict_checks')")
    op.execute("""
        ALTER TABLE conflict_checks ADD CONSTRAINT fk_conflict_checks_client_id
        FOREIGN KEY(tenant_id, client_id) REFERENCES clients (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE conflict_checks ADD CONSTRAINT fk_conflict_checks_booking_id
        FOREIGN KEY(tenant_id, booking_id) REFERENCES bookings (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE conflict_checks ADD CONSTRAINT fk_conflict_checks_enquiry_id
        FOREIGN KEY(tenant_id, enquiry_id) REFERENCES enquiries (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE conflict_checks ADD CONSTRAINT fk_conflict_checks_searched_by_id
        FOREIGN KEY(tenant_id, searched_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE conflict_checks ADD CONSTRAINT fk_conflict_checks_decided_by_id
        FOREIGN KEY(tenant_id, decided_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE conflict_checks ADD CONSTRAINT fk_conflict_checks_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_conflict_checks_client ON conflict_checks (tenant_id, client_id)")
    op.execute("CREATE INDEX ix_conflict_checks_booking ON conflict_checks (tenant_id, booking_id)")
    op.execute("CREATE INDEX ix_conflict_checks_enquiry ON conflict_checks (tenant_id, enquiry_id)")
    lock("conflict_checks")


def throttles() -> None:
    # Mail that a visitor causes is counted in the transaction that causes it: what fails is not counted. Counters are nobody's
    # and hold nobody's name; still, before a practice is entered nothing can be read.
    within = "current_setting('app.tenant_id')::uuid is not null"
    op.execute("create policy throttles_of_the_lobby on throttles to followthrough_lobby using (true) with check (true)")
    op.execute(f"create policy throttles_of_a_practice on throttles to {ROLE} using ({within}) with check ({within})")
    op.execute("alter table throttles enable row level security")
    op.execute("alter table throttles force row level security")
    op.execute(f"grant select, insert, update on throttles to {ROLE}")


def housekeeping() -> None:
    # The worker goes through all practices, to take away what was kept for a time only: whose they are, and nothing else.
    op.execute(f"create policy practices_kept on practices for select to {WORKER} using (true)")
    op.execute(f"grant select (id) on practices to {WORKER}")


def downgrade() -> None:
    op.execute("revoke select, insert, update on throttles from followthrough_app")
    op.execute("alter table throttles disable row level security")
    op.execute("alter table throttles no force row level security")
    op.execute("drop policy throttles_of_a_practice on throttles")
    op.execute("drop policy throttles_of_the_lobby on throttles")
    op.execute(f"revoke select (id) on practices from {WORKER}")
    op.execute("drop policy practices_kept on practices")
    op.execute("drop table conflict_checks")
    op.execute("drop table enquiries")
    op.execute("drop table calendar_feeds")
    op.execute("drop table external_busy")
    op.execute("drop table external_calendars")
    op.execute("alter table messages drop constraint ck_messages_state")
    # The release before this one knows no mail that was withdrawn: it will not be sent, which is what that state says too.
    op.execute("update messages set state = 'failed' where state = 'withdrawn'")
    op.execute("alter table messages add constraint ck_messages_state check (state in ('queued', 'sending', 'sent', 'failed'))")
    op.execute("alter table messages drop column useless_at")
    op.execute("alter table messages drop column booking_sequence")
    op.execute("alter table messages drop column booking_id")
    op.execute("drop table booking_reminders")
    op.execute("drop table booking_events")
    op.execute("drop table time_off")
    op.execute("drop table availability_overrides")
    for constraint in ("fk_bookings_concern_id", "fk_bookings_booking_link_id", "ck_bookings_held", "ck_bookings_named"):
        op.execute(f"alter table bookings drop constraint {constraint}")
    # What the release before this one cannot hold: times that are held for a form, and persons who were erased.
    op.execute("delete from bookings where state = 'held' and name is null")
    op.execute("update bookings set state = 'cancelled' where expires_at is not null")
    op.execute("update bookings set name = '-', email = '-' where name is null or email is null")
    op.execute("alter table bookings alter column email set not null")
    op.execute("alter table bookings alter column name set not null")
    op.execute("alter table bookings drop column erased_at")
    op.execute("alter table bookings drop column concern_id")
    op.execute("alter table bookings drop column booking_link_id")
    op.execute("alter table bookings drop column consent")
    op.execute("alter table bookings drop column language")
    op.execute("alter table bookings drop column answers")
    op.execute("alter table bookings drop column keeps_host")
    op.execute("alter table bookings drop column source_hash")
    op.execute("alter table bookings drop column is_verification")
    op.execute("alter table bookings drop column expires_at")
    op.execute("drop table booking_links")
    op.execute("alter table availabilities drop column travels")
    op.execute("alter table availabilities drop column summer_weekly")
    op.execute("alter table consultation_types drop column reminder_offsets_minutes")
    op.execute("alter table consultation_types drop column hosts")
    op.execute("alter table consultation_types drop column visitors_choose_host")
    op.execute("alter table consultation_types drop column is_private")
    op.execute("alter table consultation_types drop column verifies_address")
    op.execute("alter table consultation_types drop column needs_confirmation")
    op.execute("alter table consultation_types drop column language")
    op.execute("alter table consultation_types drop column location")
    op.execute("alter table consultation_types drop column questions")
    op.execute("alter table consultation_types drop column season_caps")
    op.execute("alter table consultation_types drop column monthly_limit_minutes")
    op.execute("alter table consultation_types drop column monthly_limit")
    op.execute("alter table consultation_types drop column weekly_limit_minutes")
    op.execute("alter table consultation_types drop column weekly_limit")
    op.execute("alter table consultation_types drop column daily_limit_minutes")
    op.execute("alter table consultation_types drop column bookable_until")
    op.execute("alter table consultation_types drop column minimum_notice_days")
    op.execute("alter table practices drop column booking_consent")
    op.execute("alter table practices drop column retention_days")
    op.execute("alter table practices drop column closes_on_public_holidays")
    op.execute("alter table practices drop column language")
    op.execute("alter table practices drop column country")
