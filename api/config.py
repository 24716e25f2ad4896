"""What the API is told when it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from domain.outbound import Allowed
from models.files import Files


@dataclass(frozen=True)
class Config:
    """`secret_keys`: the present one, then those still accepted, each of at least 32 bytes."""

    secret_keys: Sequence[bytes]
    base_url: str
    allowed_hosts: Sequence[str] = ()
    signup: str = "open"
    # How many proxies in front of this server say whose request it is (X-Forwarded-For); none are believed unless said.
    trusted_proxies: int = 0
    # Public requests from one address; and all requests with one key.
    rate_limit_url: str = "memory://"
    posts_a_minute: int = 60
    posts_an_hour: int = 600
    gets_a_minute: int = 300
    key_requests_a_minute: int = 1000
    # What may be called though it is not on the public Internet.
    egress_allow: Allowed = ()
    # Where documents lie; without it none is taken.
    files: Files | None = None
    # Whom invitations come from, as in the mails of the worker.
    mail_from: str = ""
    # Where mail comes in, and whose hooks bring it (Standard Webhooks; the present key, then those still accepted).
    inbound_mail_domain: str = ""
    inbound_mail_keys: Sequence[bytes] = ()
    kept_mail: str | None = None
    demo_slug: str | None = None
    # Without a token there are no metrics; `metrics_folder` is where several processes keep theirs together.
    metrics_token: str | None = None
    metrics_folder: Path | None = None
    # The revisions of the database that this release knows, in order; the last is the one that it needs.
    migrations: Sequence[str] = ()

    @property
    def sender_address(self) -> str:
        return self.mail_from or f"followthrough@{urlsplit(self.base_url).hostname}"


def current_config() -> Config:
    """The configuration of the application that answers this request."""
    found: Config = current_app.extensions["config"]
    return found
