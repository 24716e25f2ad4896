"""What the API is told when it is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True)
class Config:
    """`secret_keys`: the present one, then those still accepted, each of at least 32 bytes."""

    secret_keys: Sequence[bytes]
    base_url: str
    allowed_hosts: Sequence[str] = ()
    signup: str = "open"
    kept_mail: str | None = None
    demo_slug: str | None = None


def current_config() -> Config:
    """The configuration of the application that answers this request."""
    found: Config = current_app.extensions["config"]
    return found
