"""The OpenAPI document, made without a database."""

from typing import Any

from sqlalchemy import create_engine

from api.application import create_app
from api.config import Config
from commands.serving import now

EXAMPLE = Config(secret_keys=[b"only the document is made with this one"], base_url="https://practice.example")


def document() -> dict[str, Any]:
    """What `/api/v1/openapi.json` answers."""
    found: dict[str, Any] = create_app(create_engine("postgresql+psycopg://"), now, EXAMPLE).extensions["openapi"]
    return found
