"""Who comes in: resets and one-time codes, throttles, API keys, allowed origins; and the trail of who did what.

Revision 0002.
"""

from alembic import op

from migrations.practice_table import lock

revision = "0002"
down_revision = "0001"

OWN = "user_id = current_setting('app.user_id')::uuid"


def upgrade() -> None:
    accounts()
    throttles()
    api_keys()
    audit_entries()


def accounts() -> None:
    # A person's password is changed in the lobby, by that person: nobody else's row is there to be changed.
    op.execute("create policy users_joining on users for insert to followthrough_app with check (true)")
    op.execute("""
        create policy users_themselves on users to followthrough_lobby
        using (true) with check (id = current_setting('app.user_id')::uuid)
    """)
    op.execute("alter table users enable row level security")
    op.execute("alter table users force row level security")
    op.execute("grant update (password_hash) on users to followthrough_lobby")
    # A sign-in that came of another, by going on in another practice, ends with it when a token is reused.
    op.execute("ALTER TABLE sign_ins ADD COLUMN family_id UUID")
    op.execute("grant delete on refresh_tokens to followthrough_lobby")

    op.execute("""
        CREATE TABLE password_resets (
            id UUID NOT NULL,
            email_identity TEXT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            user_id UUID,
            link_hash BYTEA,
            mailed_at TIMESTAMP WITH TIME ZONE,
            used_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT pk_password_resets PRIMARY KEY (id),
            CONSTRAINT uq_password_resets_link_hash UNIQUE (link_hash)
        )
    """)
    op.execute("ALTER TABLE password_resets ADD CONSTRAINT fk_password_resets_user FOREIGN KEY(user_id) REFERENCES users (id)")
    op.execute("CREATE INDEX ix_password_resets_user_id ON password_resets (user_id)")
    op.execute("CREATE INDEX ix_password_resets_waiting ON password_resets (created_at) WHERE mailed_at IS NULL")
    op.execute("grant select, insert, update, delete on password_resets to followthrough_lobby")

    op.execute("""
        CREATE TABLE one_time_codes (
            user_id UUID NOT NULL,
            secret BYTEA NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            confirmed_at TIMESTAMP WITH TIME ZONE,
            last_step BIGINT NOT NULL,
            CONSTRAINT pk_one_time_codes PRIMARY KEY (user_id)
        )
    """)
    op.execute("ALTER TABLE one_time_codes ADD CONSTRAINT fk_one_time_codes_user FOREIGN KEY(user_id) REFERENCES users (id)")
    op.execute("""
        CREATE TABLE recovery_codes (
            id UUID NOT NULL,
            user_id UUID NOT NULL,
            code_hash BYTEA NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            used_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT pk_recovery_codes PRIMARY KEY (id),
            CONSTRAINT uq_recovery_codes_code UNIQUE (user_id, code_hash)
        )
    """)
    op.execute("ALTER TABLE recovery_codes ADD CONSTRAINT fk_recovery_codes_user FOREIGN KEY(user_id) REFERENCES users (id)")
    for table in ("one_time_codes", "recovery_codes"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy {table}_own on {table} to followthrough_lobby using ({OWN}) with check ({OWN})")
        op.execute(f"grant select, insert, update, delete on {table} to followthrough_lobby")


def throttles() -> None:
    op.execute("""
        CREATE TABLE throttles (
            key BYTEA NOT NULL,
            hits TIMESTAMP WITH TIME ZONE[] NOT NULL,
            lapses_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_throttles PRIMARY KEY (key)
        )
    """)
    op.execute("CREATE INDEX ix_throttles_lapses_at ON throttles (lapses_at)")
    op.execute("grant select, insert, update, delete on throttles to followthrough_lobby")


def api_keys() -> None:
    op.execute("ALTER TABLE practices ADD COLUMN allowed_origins JSONB DEFAULT '[]' NOT NULL")
    op.execute("grant select (allowed_origins) on practices to followthrough_lobby")
    op.execute("""
        CREATE TABLE api_keys (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            scopes JSONB NOT NULL,
            prefix TEXT NOT NULL,
            key_hash BYTEA NOT NULL,
            made_by_id UUID NOT NULL,
            last_used_at TIMESTAMP WITH TIME ZONE,
            revoked_at TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_api_keys PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_api_keys_key UNIQUE (tenant_id, key_hash),
            CONSTRAINT ck_api_keys_kind CHECK (kind in ('publishable', 'secret'))
        )
    """)
    op.execute("select distribute('api_keys')")
    op.execute("""
        ALTER TABLE api_keys ADD CONSTRAINT fk_api_keys_made_by_id
        FOREIGN KEY(tenant_id, made_by_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("ALTER TABLE api_keys ADD CONSTRAINT fk_api_keys_practice FOREIGN KEY(tenant_id) REFERENCES practices (id)")
    lock("api_keys", "select, insert, update")


def audit_entries() -> None:
    op.execute("CREATE SEQUENCE audit_entries_sequence AS BIGINT")
    op.execute("""
        CREATE TABLE audit_entries (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            sequence BIGINT DEFAULT nextval('audit_entries_sequence') NOT NULL,
            actor TEXT NOT NULL,
            staff_id UUID,
            sign_in_id UUID,
            api_key_id UUID,
            request_id TEXT,
            action TEXT NOT NULL,
            resource TEXT NOT NULL,
            row_id UUID NOT NULL,
            fields JSONB NOT NULL,
            version BIGINT NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_audit_entries PRIMARY KEY (tenant_id, id)
        )
    """)
    op.execute("select distribute('audit_entries')")
    op.execute("""
        ALTER TABLE audit_entries ADD CONSTRAINT fk_audit_entries_practice
        FOREIGN KEY(tenant_id) REFERENCES practices (id)
    """)
    op.execute("""
        ALTER TABLE audit_entries ADD CONSTRAINT fk_audit_entries_staff_id
        FOREIGN KEY(tenant_id, staff_id) REFERENCES staff (tenant_id, id)
    """)
    op.execute("""
        ALTER TABLE audit_entries ADD CONSTRAINT fk_audit_entries_api_key_id
        FOREIGN KEY(tenant_id, api_key_id) REFERENCES api_keys (tenant_id, id)
    """)
    op.execute("CREATE INDEX ix_audit_entries_sequence ON audit_entries (tenant_id, sequence)")
    op.execute("CREATE INDEX ix_audit_entries_row ON audit_entries (tenant_id, row_id, sequence)")
    # What was done is not rewritten: nobody but the migrating role may change or take away an entry.
    lock("audit_entries", "select, insert")
    op.execute("grant usage on sequence audit_entries_sequence to followthrough_app")


def downgrade() -> None:
    op.execute("drop table audit_entries")
    op.execute("drop sequence audit_entries_sequence")
    op.execute("drop table api_keys")
    op.execute("revoke select (allowed_origins) on practices from followthrough_lobby")
    op.execute("alter table practices drop column allowed_origins")
    for table in ("throttles", "recovery_codes", "one_time_codes", "password_resets"):
        op.execute(f"drop table {table}")
    op.execute("alter table sign_ins drop column family_id")
    op.execute("revoke delete on refresh_tokens from followthrough_lobby")
    op.execute("revoke update (password_hash) on users from followthrough_lobby")
    op.execute("alter table users no force row level security")
    op.execute("alter table users disable row level security")
    for policy in ("users_joining", "users_themselves"):
        op.execute(f"drop policy {policy} on users")
