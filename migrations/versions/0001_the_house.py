"""The house: roles and doors, the global tables, and every table of the main job with its locks.

Revision 0001.
"""

from alembic import op

from migrations.practice_table import lock, queue

revision = "0001"
down_revision = None

ROLES = ("followthrough_app", "followthrough_lobby", "followthrough_worker")


def upgrade() -> None:
    op.execute("create extension if not exists btree_gist")
    roles()
    doors()
    global_tables()
    practice_tables()


def roles() -> None:
    # Roles belong to the cluster: another database of it may have made them.
    for role in ROLES:
        op.execute(f"""
            do $$ begin
                if not exists (select from pg_roles where rolname = '{role}') then
                    create role {role} login noinherit;
                end if;
            exception when duplicate_object or unique_violation then null;
            end $$
        """)
        op.execute(f"grant usage on schema public to {role}")


def doors() -> None:
    """The only ways in. Each takes its role and its practice for one transaction; nothing else sets either."""
    op.execute("""
        create function enter_practice(practice uuid) returns void language plpgsql as $$
        begin
            perform set_config('app.tenant_id', practice::text, true);
            perform set_config('role', 'followthrough_app', true);
        end $$
    """)
    op.execute("""
        create function enter_lobby(person uuid default null) returns void language plpgsql as $$
        begin
            perform set_config('app.user_id', coalesce(person::text, ''), true);
            perform set_config('role', 'followthrough_lobby', true);
        end $$
    """)
    op.execute("""
        create function enter_queues() returns void language plpgsql as $$
        begin
            perform set_config('role', 'followthrough_worker', true);
        end $$
    """)
    # Where Citus is installed, a practice's rows live together; everywhere else this does nothing.
    op.execute("""
        create function distribute(name text) returns void language plpgsql as $$
        begin
            if exists (select from pg_extension where extname = 'citus') then
                execute format('select create_distributed_table(%L, %L)', name, 'tenant_id');
            end if;
        end $$
    """)


def global_tables() -> None:
    op.execute("""
        CREATE TABLE heartbeats (
            worker_id UUID NOT NULL,
            started_at TIMESTAMP WITH TIME ZONE NOT NULL,
            beat_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_heartbeats PRIMARY KEY (worker_id)
        )
    """)

    op.execute("""
        CREATE TABLE practices (
            id UUID NOT NULL,
            slug TEXT NOT NULL,
            name TEXT NOT NULL,
            timezone TEXT NOT NULL,
            state TEXT,
            about TEXT,
            website TEXT,
            social_links JSONB NOT NULL,
            follow_up_offsets_days JSONB NOT NULL,
            school_calendar JSONB NOT NULL,
            state_holidays JSONB NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_practices PRIMARY KEY (id),
            CONSTRAINT ck_practices_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
            CONSTRAINT uq_practices_slug UNIQUE (slug)
        )
    """)

    op.execute("""
        CREATE TABLE users (
            id UUID NOT NULL,
            email TEXT NOT NULL,
            email_identity TEXT NOT NULL,
            name TEXT NOT NULL,
            password_hash TEXT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_users PRIMARY KEY (id),
            CONSTRAINT uq_users_email_identity UNIQUE (email_identity)
        )
    """)

    op.execute("""
        CREATE TABLE sign_ins (
            id UUID NOT NULL,
            user_id UUID NOT NULL,
            practice_id UUID NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            ended_at TIMESTAMP WITH TIME ZONE,
            ended_because TEXT,
            CONSTRAINT pk_sign_ins PRIMARY KEY (id)
        )
    """)
    op.execute("""
        ALTER TABLE sign_ins ADD CONSTRAINT fk_sign_ins_practice
        FOREIGN KEY(practice_id) REFERENCES practices (id)
    """)
    op.execute("ALTER TABLE sign_ins ADD CONSTRAINT fk_sign_ins_user FOREIGN KEY(user_id) REFERENCES users (id)")
    op.execute("CREATE INDEX ix_sign_ins_user_id ON sign_ins (user_id)")

    op.execute("""
        CREATE TABLE refresh_tokens (
            id UUID NOT NULL,
            sign_in_id UUID NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            used_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT pk_refresh_tokens PRIMARY KEY (id)
        )
    """)
    op.execute("""
        ALTER TABLE refresh_tokens ADD CONSTRAINT fk_refresh_tokens_sign_in
        FOREIGN KEY(sign_in_id) REFERENCES sign_ins (id)
    """)
    op.execute("CREATE INDEX ix_refresh_tokens_sign_in_id ON refresh_tokens (sign_in_id)")
    # The lobby is where nobody is in a practice yet: it knows who signs in, and which practice has which slug.
    op.execute("alter table practices enable row level security")
    op.execute("alter table practices force row level security")
    op.execute("""
        create policy practices_own on practices to followthrough_app
        using (id = current_setting('app.tenant_id')::uuid)
        with check (id = current_setting('app.tenant_id')::uuid)
    """)
    op.execute("create policy practices_directory on practices for select to followthrough_lobby using (true)")
    op.execute("grant select, insert, update on practices to followthrough_app")
    op.execute("grant select (id, slug, name) on practices to followthrough_lobby")
    # A practice can bring in a new user; it can read or change none.
    op.execute("grant insert on users to followthrough_app")
    op.execute("grant select on users to followthrough_lobby")
    # A practice sees whether a sign-in has ended, and signs in who founds or joins it; the lobby does the rest.
    op.execute("alter table sign_ins enable row level security")
    op.execute("alter table sign_ins force row level security")
    op.execute("""
        create policy sign_ins_of_practice on sign_ins to followthrough_app
        using (practice_id = current_setting('app.tenant_id')::uuid)
        with check (practice_id = current_setting('app.tenant_id')::uuid)
    """)
    op.execute("create policy sign_ins_of_everybody on sign_ins to followthrough_lobby using (true) with check (true)")
    op.execute("grant select, insert, update (ended_at, ended_because) on sign_ins to followthrough_app")
    op.execute("grant select, insert, update on sign_ins to followthrough_lobby")
    op.execute("grant insert on refresh_tokens to followthrough_app")
    op.execute("grant select, insert, update on refresh_tokens to followthrough_lobby")
    op.execute("grant select, insert, update on heartbeats to followthrough_worker")
    op.execute("grant select on heartbeats to followthrough_lobby")
    op.execute("grant select on alembic_version to followthrough_lobby")


def practice_tables() -> None:
    op.execute("""
        CREATE TABLE clients (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            name TEXT NOT NULL,
            email TEXT NOT NULL,
            phone TEXT,
            timezone TEXT,
            preferred_channel TEXT,
            notes TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_clients PRIMARY KEY (tenant_id, id)
        )
    """)
    op.execute("select distribute('clients')")
    op.execute("ALTER TABLE clients ADD CONSTRAINT fk_clients_practice FOREIGN KEY(tenant_id) REFERENCES practices (id)")
    op.execute("CREATE INDEX ix_clients_email ON clients (tenant_id, email)")
    lock("clients")

    op.execute("""
        CREATE TABLE consultation_types (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            name TEXT NOT NULL,
            slug TEXT NOT NULL,
            description TEXT,
            minutes BIGINT NOT NULL,
            step_minutes BIGINT NOT NULL,
            price_cents BIGINT NOT NULL,
            buffer_before_minutes BIGINT NOT NULL,
            buffer_after_minutes BIGINT NOT NULL,
            minimum_notice_minutes BIGINT NOT NULL,
            horizon_days BIGINT NOT NULL,
            daily_limit BIGINT,
            is_open BOOLEAN NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_consultation_types PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_consultation_types_slug UNIQUE (tenant_id, slug),
            CONSTRAINT ck_consultation_types_minutes
                CHECK (minutes between 5 and 480 and step_minutes between 5 and 480)
        )
    """)
    op.execute("select distribute('consultation_types')")
    op.execute("""
        ALTER TABLE consultation_types ADD CONSTRAINT fk_consultation_types_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    lock("consultation_types")

    op.execute("""
        CREATE TABLE idempotency_keys (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            request_hash BYTEA NOT NULL,
            body_hash BYTEA NOT NULL,
            status BIGINT NOT NULL,
            headers JSONB NOT NULL,
            answer BYTEA NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_idempotency_keys PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_idempotency_keys_request UNIQUE (tenant_id, request_hash)
        )
    """)
    op.execute("select distribute('idempotency_keys')")
    op.execute("""
        ALTER TABLE idempotency_keys ADD CONSTRAINT fk_idempotency_keys_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at)")
    lock("idempotency_keys")
    queue("idempotency_keys", "created_at")

    op.execute("""
        CREATE TABLE messages (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            kind TEXT NOT NULL,
            to_address TEXT NOT NULL,
            facts JSONB NOT NULL,
            occasion TEXT,
            link_path TEXT,
            link_id UUID,
            link_hash BYTEA,
            state TEXT NOT NULL,
            due_at TIMESTAMP WITH TIME ZONE NOT NULL,
            attempts BIGINT NOT NULL,
            lease_owner UUID,
            lease_number BIGINT NOT NULL,
            sent_at TIMESTAMP WITH TIME ZONE,
            last_error TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_messages PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_messages_state
                CHECK (state in ('queued', 'sending', 'sent', 'failed')),
            CONSTRAINT uq_messages_occasion UNIQUE (tenant_id, occasion)
        )
    """)
    op.execute("select distribute('messages')")
    op.execute("""
        ALTER TABLE messages ADD CONSTRAINT fk_messages_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_messages_due ON messages (tenant_id, due_at) WHERE state in ('queued', 'sending')")
    op.execute("CREATE INDEX ix_messages_waiting ON messages (due_at) WHERE state in ('queued', 'sending')")
    lock("messages")
    queue("messages", "state", "due_at")

    op.execute("""
        CREATE TABLE staff (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            user_id UUID NOT NULL,
            name TEXT NOT NULL,
            email TEXT NOT NULL,
            role TEXT NOT NULL,
            ended_at TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_staff PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_staff_user UNIQUE (tenant_id, user_id),
            CONSTRAINT ck_staff_role CHECK (role in ('owner', 'advocate', 'assistant'))
        )
    """)
    op.execute("select distribute('staff')")
    op.execute("ALTER TABLE staff ADD CONSTRAINT fk_staff_practice FOREIGN KEY(tenant_id) REFERENCES practices (id)")
    op.execute("ALTER TABLE staff ADD CONSTRAINT fk_staff_user FOREIGN KEY(user_id) REFERENCES users (id)")
    op.execute("CREATE INDEX ix_staff_user_id ON staff (user_id)")
    lock("staff")

    op.execute("""
        CREATE TABLE students (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            name TEXT NOT NULL,
            birth_date DATE,
            grade TEXT,
            school TEXT,
            district TEXT,
            state TEXT,
            disabilities JSONB NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_students PRIMARY KEY (tenant_id, id)
        )
    """)
    op.execute("select distribute('students')")
    op.execute("""
        ALTER TABLE students ADD CONSTRAINT fk_students_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    lock("students")

    op.execute("""
        CREATE TABLE availabilities (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            staff_id UUID NOT NULL,
            timezone TEXT NOT NULL,
            weekly JSONB NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_availabilities PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_availabilities_staff UNIQUE (tenant_id, staff_id)
        )
    """)
    op.execute("select distribute('availabilities')")
    op.execute("""
        ALTER TABLE availabilities ADD CONSTRAINT fk_availabilities_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE availabilities ADD CONSTRAINT fk_availabilities_staff_id
        FOREIGN KEY(tenant_id, staff_id) REFERENCES staff (tenant_id, id)
    """)
    lock("availabilities")

    op.execute("""
        CREATE TABLE cases (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            client_id UUID NOT NULL,
            student_id UUID NOT NULL,
            advocate_id UUID NOT NULL,
            title TEXT NOT NULL,
            state TEXT NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_cases PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_cases_state
                CHECK (state in ('open', 'on_hold', 'closed'))
        )
    """)
    op.execute("select distribute('cases')")
    op.execute("""
        ALTER TABLE cases ADD CONSTRAINT fk_cases_advocate_id
        FOREIGN KEY(tenant_id, advocate_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE cases ADD CONSTRAINT fk_cases_client_id
        FOREIGN KEY(tenant_id, client_id) REFERENCES clients (tenant_id, id)
    """)
    op.execute("ALTER TABLE cases ADD CONSTRAINT fk_cases_practice FOREIGN KEY(tenant_id) REFERENCES practices (id)")
    op.execute("""
        ALTER TABLE cases ADD CONSTRAINT fk_cases_student_id
        FOREIGN KEY(tenant_id, student_id) REFERENCES students (tenant_id, id)
    """)
    op.execute("CREATE INDEX ix_cases_client ON cases (tenant_id, client_id)")
    op.execute("CREATE INDEX ix_cases_student ON cases (tenant_id, student_id)")
    lock("cases")

    op.execute("""
        CREATE TABLE iep_versions (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            student_id UUID NOT NULL,
            number BIGINT NOT NULL,
            state TEXT NOT NULL,
            effective_from DATE NOT NULL,
            effective_to DATE,
            text TEXT,
            activated_at TIMESTAMP WITH TIME ZONE,
            activated_by_id UUID,
            superseded_at TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_iep_versions PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_iep_versions_state
                CHECK (state in ('draft', 'in_force', 'superseded')),
            CONSTRAINT ck_iep_versions_effective CHECK (effective_to >= effective_from),
            CONSTRAINT uq_iep_versions_number UNIQUE (tenant_id, student_id, number),
            CONSTRAINT ex_iep_versions_one_in_force
                EXCLUDE USING btree (tenant_id WITH =, student_id WITH =)
                WHERE (state = 'in_force') DEFERRABLE INITIALLY DEFERRED
        )
    """)
    op.execute("select distribute('iep_versions')")
    op.execute("""
        ALTER TABLE iep_versions ADD CONSTRAINT fk_iep_versions_activated_by_id
        FOREIGN KEY(tenant_id, activated_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE iep_versions ADD CONSTRAINT fk_iep_versions_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE iep_versions ADD CONSTRAINT fk_iep_versions_student_id
        FOREIGN KEY(tenant_id, student_id) REFERENCES students (tenant_id, id)
    """)
    lock("iep_versions")

    op.execute("""
        CREATE TABLE invitations (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            email TEXT NOT NULL,
            email_identity TEXT NOT NULL,
            role TEXT NOT NULL,
            invited_by_id UUID NOT NULL,
            link_hash BYTEA NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            state TEXT NOT NULL,
            accepted_at TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_invitations PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_invitations_link_hash UNIQUE (tenant_id, link_hash),
            CONSTRAINT ck_invitations_role CHECK (role in ('owner', 'advocate', 'assistant')),
            CONSTRAINT ck_invitations_state
                CHECK (state in ('open', 'accepted', 'withdrawn'))
        )
    """)
    op.execute("select distribute('invitations')")
    op.execute("""
        ALTER TABLE invitations ADD CONSTRAINT fk_invitations_invited_by_id
        FOREIGN KEY(tenant_id, invited_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE invitations ADD CONSTRAINT fk_invitations_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    lock("invitations")

    op.execute("""
        CREATE TABLE student_clients (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            student_id UUID NOT NULL,
            client_id UUID NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_student_clients PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_student_clients_pair UNIQUE (tenant_id, student_id, client_id)
        )
    """)
    op.execute("select distribute('student_clients')")
    op.execute("""
        ALTER TABLE student_clients ADD CONSTRAINT fk_student_clients_client_id
        FOREIGN KEY(tenant_id, client_id) REFERENCES clients (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE student_clients ADD CONSTRAINT fk_student_clients_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE student_clients ADD CONSTRAINT fk_student_clients_student_id
        FOREIGN KEY(tenant_id, student_id) REFERENCES students (tenant_id, id)
    """)
    op.execute("CREATE INDEX ix_student_clients_client ON student_clients (tenant_id, client_id)")
    lock("student_clients")

    op.execute("""
        CREATE TABLE bookings (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            consultation_type_id UUID NOT NULL,
            host_id UUID NOT NULL,
            starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
            ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
            buffer_before_minutes BIGINT NOT NULL,
            buffer_after_minutes BIGINT NOT NULL,
            timezone TEXT NOT NULL,
            name TEXT NOT NULL,
            email TEXT NOT NULL,
            phone TEXT,
            message TEXT,
            state TEXT NOT NULL,
            reason TEXT,
            sequence BIGINT NOT NULL,
            link_hash BYTEA NOT NULL,
            client_id UUID,
            student_id UUID,
            case_id UUID,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_bookings PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_bookings_state
                CHECK (state in ('held', 'requested', 'confirmed', 'cancelled', 'completed', 'no_show')),
            CONSTRAINT ck_bookings_span CHECK (starts_at < ends_at),
            CONSTRAINT ex_bookings_no_overlap
                EXCLUDE USING gist (tenant_id WITH =, host_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
                WHERE (state in ('held', 'requested', 'confirmed')),
            CONSTRAINT uq_bookings_link_hash UNIQUE (tenant_id, link_hash)
        )
    """)
    op.execute("select distribute('bookings')")
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT fk_bookings_case_id
        FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT fk_bookings_client_id
        FOREIGN KEY(tenant_id, client_id) REFERENCES clients (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT fk_bookings_consultation_type_id
        FOREIGN KEY(tenant_id, consultation_type_id) REFERENCES consultation_types (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT fk_bookings_host_id
        FOREIGN KEY(tenant_id, host_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT fk_bookings_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE bookings ADD CONSTRAINT fk_bookings_student_id
        FOREIGN KEY(tenant_id, student_id) REFERENCES students (tenant_id, id)
    """)
    op.execute("CREATE INDEX ix_bookings_starts_at ON bookings (tenant_id, starts_at, id)")
    lock("bookings")

    op.execute("""
        CREATE TABLE provisions (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            iep_version_id UUID NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            minutes BIGINT,
            times BIGINT,
            per TEXT,
            setting TEXT,
            provider_role TEXT,
            starts_on DATE,
            ends_on DATE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_provisions PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_provisions_amount
                CHECK (minutes > 0 and times > 0),
            CONSTRAINT ck_provisions_dates CHECK (ends_on >= starts_on)
        )
    """)
    op.execute("select distribute('provisions')")
    op.execute("""
        ALTER TABLE provisions ADD CONSTRAINT fk_provisions_iep_version_id
        FOREIGN KEY(tenant_id, iep_version_id) REFERENCES iep_versions (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE provisions ADD CONSTRAINT fk_provisions_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_provisions_iep_version ON provisions (tenant_id, iep_version_id)")
    lock("provisions")

    op.execute("""
        CREATE TABLE team_members (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            case_id UUID NOT NULL,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            email TEXT,
            phone TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_team_members PRIMARY KEY (tenant_id, id)
        )
    """)
    op.execute("select distribute('team_members')")
    op.execute("""
        ALTER TABLE team_members ADD CONSTRAINT fk_team_members_case_id
        FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE team_members ADD CONSTRAINT fk_team_members_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("CREATE INDEX ix_team_members_case ON team_members (tenant_id, case_id)")
    lock("team_members")

    op.execute("""
        CREATE TABLE concerns (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            case_id UUID NOT NULL,
            provision_id UUID,
            opened_by_id UUID NOT NULL,
            opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
            kind TEXT NOT NULL,
            what_happened TEXT NOT NULL,
            noticed_on DATE NOT NULL,
            state TEXT NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_concerns PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_concerns_kind CHECK (kind in ('not_provided', 'provided_incorrectly'))
        )
    """)
    op.execute("select distribute('concerns')")
    op.execute("""
        ALTER TABLE concerns ADD CONSTRAINT fk_concerns_case_id
        FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE concerns ADD CONSTRAINT fk_concerns_opened_by_id
        FOREIGN KEY(tenant_id, opened_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE concerns ADD CONSTRAINT fk_concerns_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE concerns ADD CONSTRAINT fk_concerns_provision_id
        FOREIGN KEY(tenant_id, provision_id) REFERENCES provisions (tenant_id, id)
    """)
    op.execute("CREATE INDEX ix_concerns_case ON concerns (tenant_id, case_id)")
    lock("concerns")

    op.execute("""
        CREATE TABLE communications (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            case_id UUID NOT NULL,
            concern_id UUID,
            in_reply_to UUID,
            thread_id UUID NOT NULL,
            recorded_by_id UUID NOT NULL,
            direction TEXT NOT NULL,
            channel TEXT NOT NULL,
            party TEXT NOT NULL,
            occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
            subject TEXT,
            summary TEXT NOT NULL,
            awaiting_reply BOOLEAN NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_communications PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_communications_direction CHECK (direction in ('outbound', 'inbound'))
        )
    """)
    op.execute("select distribute('communications')")
    op.execute("""
        ALTER TABLE communications ADD CONSTRAINT fk_communications_case_id
        FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE communications ADD CONSTRAINT fk_communications_concern_id
        FOREIGN KEY(tenant_id, concern_id) REFERENCES concerns (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE communications ADD CONSTRAINT fk_communications_in_reply_to
        FOREIGN KEY(tenant_id, in_reply_to) REFERENCES communications (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE communications ADD CONSTRAINT fk_communications_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE communications ADD CONSTRAINT fk_communications_recorded_by_id
        FOREIGN KEY(tenant_id, recorded_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE communications ADD CONSTRAINT fk_communications_thread_id
        FOREIGN KEY(tenant_id, thread_id) REFERENCES communications (tenant_id, id)
    """)
    op.execute("CREATE INDEX ix_communications_case ON communications (tenant_id, case_id, occurred_at)")
    op.execute("CREATE INDEX ix_communications_thread ON communications (tenant_id, thread_id)")
    lock("communications", "select, insert")

    op.execute("""
        CREATE TABLE concern_steps (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            concern_id UUID NOT NULL,
            step TEXT NOT NULL,
            from_state TEXT NOT NULL,
            to_state TEXT NOT NULL,
            occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
            taken_by_id UUID NOT NULL,
            note TEXT,
            skip_reason TEXT,
            facts JSONB NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_concern_steps PRIMARY KEY (tenant_id, id)
        )
    """)
    op.execute("select distribute('concern_steps')")
    op.execute("""
        ALTER TABLE concern_steps ADD CONSTRAINT fk_concern_steps_concern_id
        FOREIGN KEY(tenant_id, concern_id) REFERENCES concerns (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE concern_steps ADD CONSTRAINT fk_concern_steps_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE concern_steps ADD CONSTRAINT fk_concern_steps_taken_by_id
        FOREIGN KEY(tenant_id, taken_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("CREATE INDEX ix_concern_steps_concern ON concern_steps (tenant_id, concern_id, id)")
    lock("concern_steps", "select, insert")

    op.execute("""
        CREATE TABLE communication_team_members (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            communication_id UUID NOT NULL,
            team_member_id UUID NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_communication_team_members PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_communication_team_members_pair UNIQUE (tenant_id, communication_id, team_member_id)
        )
    """)
    op.execute("select distribute('communication_team_members')")
    op.execute("""
        ALTER TABLE communication_team_members ADD CONSTRAINT fk_communication_team_members_communication_id
        FOREIGN KEY(tenant_id, communication_id) REFERENCES communications (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE communication_team_members ADD CONSTRAINT fk_communication_team_members_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE communication_team_members ADD CONSTRAINT fk_communication_team_members_team_member_id
        FOREIGN KEY(tenant_id, team_member_id) REFERENCES team_members (tenant_id, id)
    """)
    lock("communication_team_members", "select, insert")

    op.execute("""
        CREATE TABLE reminders (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            case_id UUID NOT NULL,
            concern_id UUID,
            communication_id UUID,
            assignee_id UUID NOT NULL,
            ladder TEXT,
            key TEXT NOT NULL,
            title TEXT NOT NULL,
            note TEXT,
            due_at TIMESTAMP WITH TIME ZONE NOT NULL,
            state TEXT NOT NULL,
            occurrence BIGINT NOT NULL,
            fired_at TIMESTAMP WITH TIME ZONE,
            settled_at TIMESTAMP WITH TIME ZONE,
            settled_by_id UUID,
            reason TEXT,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_reminders PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_reminders_state
                CHECK (state in ('scheduled', 'due', 'done', 'snoozed', 'cancelled')),
            CONSTRAINT uq_reminders_rung UNIQUE (tenant_id, communication_id, ladder, key)
        )
    """)
    op.execute("select distribute('reminders')")
    op.execute("""
        ALTER TABLE reminders ADD CONSTRAINT fk_reminders_assignee_id
        FOREIGN KEY(tenant_id, assignee_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE reminders ADD CONSTRAINT fk_reminders_case_id
        FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE reminders ADD CONSTRAINT fk_reminders_communication_id
        FOREIGN KEY(tenant_id, communication_id) REFERENCES communications (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE reminders ADD CONSTRAINT fk_reminders_concern_id
        FOREIGN KEY(tenant_id, concern_id) REFERENCES concerns (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE reminders ADD CONSTRAINT fk_reminders_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE reminders ADD CONSTRAINT fk_reminders_settled_by_id
        FOREIGN KEY(tenant_id, settled_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("CREATE INDEX ix_reminders_case ON reminders (tenant_id, case_id, due_at)")
    op.execute("CREATE INDEX ix_reminders_concern ON reminders (tenant_id, concern_id)")
    op.execute("CREATE INDEX ix_reminders_due ON reminders (tenant_id, due_at, id)")
    op.execute("CREATE INDEX ix_reminders_waiting ON reminders (due_at) WHERE state in ('scheduled', 'snoozed')")
    lock("reminders")
    queue("reminders", "state", "due_at")
    # A person's own memberships, and no others, are seen before a practice is entered.
    op.execute("""
        create policy staff_own_memberships on staff for select to followthrough_lobby
        using (user_id = current_setting('app.user_id')::uuid)
    """)
    op.execute("grant select (tenant_id, id, user_id, role, ended_at) on staff to followthrough_lobby")


def downgrade() -> None:
    """Back to an empty database; the roles stay, since they belong to the cluster."""
    for table in (
        "reminders",
        "communication_team_members",
        "concern_steps",
        "communications",
        "concerns",
        "team_members",
        "provisions",
        "bookings",
        "student_clients",
        "refresh_tokens",
        "invitations",
        "iep_versions",
        "cases",
        "availabilities",
        "students",
        "staff",
        "sign_ins",
        "messages",
        "idempotency_keys",
        "consultation_types",
        "clients",
        "users",
        "practices",
        "heartbeats",
    ):
        op.execute(f"drop table {table}")
    for function in ("enter_practice(uuid)", "enter_lobby(uuid)", "enter_queues()", "distribute(text)"):
        op.execute(f"drop function {function}")
    for role in ROLES:
        op.execute(f"revoke all on schema public from {role}")
        op.execute(f"revoke all on alembic_version from {role}")
