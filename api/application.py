"""The API as a WSGI application. It is told everything; it reads no environment and no clock of its own."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import orjson
import sqlalchemy
from flask import Flask, Response, request
from flask.json.provider import JSONProvider
from flask_smorest import Api
from werkzeug.routing import UUIDConverter

from api import (
    auth,
    availability,
    booking,
    case,
    client,
    communication,
    concern,
    consultation_type,
    health,
    iep_version,
    message,
    openapi,
    pages,
    practice,
    problems,
    provision,
    public,
    reminder,
    staff,
    student,
    team_member,
    tokens,
)
from api.config import Config, current_config
from models.link import Links

Clock = Callable[[], datetime]
RESOURCES = (
    auth.founding,
    auth.invitations,
    auth.auth,
    auth.me,
    public.public,
    public.bookings,
    practice.practices,
    staff.staff,
    consultation_type.consultation_types,
    availability.availabilities,
    booking.bookings,
    client.clients,
    student.students,
    case.cases,
    team_member.team_members,
    iep_version.iep_versions,
    provision.provisions,
    concern.concerns,
    communication.communications,
    reminder.reminders,
    message.messages,
)


class CanonicalUuid(UUIDConverter):
    """A UUID in a path, in its canonical form: other spellings are no address."""

    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class _Json(JSONProvider):
    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(obj, option=orjson.OPT_UTC_Z).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)


def create_app(engine: sqlalchemy.Engine, clock: Clock, config: Config) -> Flask:
    """The application on a database, a clock that gives aware instants, and a configuration."""
    app = Flask("followthrough", static_folder=None, template_folder=None)
    app.json = _Json(app)
    app.config.update(
        API_TITLE="Followthrough",
        API_VERSION="1.0.0",
        OPENAPI_VERSION="3.1.0",
        PROPAGATE_EXCEPTIONS=False,
        TRAP_HTTP_EXCEPTIONS=False,
    )
    app.url_map.strict_slashes = True
    # No redirects: they answer in HTML, and lose the method or the body.
    app.url_map.merge_slashes = False
    app.url_map.converters["uuid"] = CanonicalUuid
    app.extensions.update(
        engine=engine,
        clock=clock,
        config=config,
        seal=tokens.Seal(config.secret_keys),
        links=Links(config.secret_keys, config.base_url),
    )
    tokens.register(app, config.secret_keys)
    api = Api(app)
    api.DEFAULT_ERROR_RESPONSE_NAME = None
    api.register_converter(CanonicalUuid, lambda _converter: {"type": "string", "format": "uuid"})
    for blueprint in RESOURCES:
        api.register_blueprint(blueprint)
    document = openapi.finish(api.spec.to_dict())
    app.extensions["openapi"] = document
    app.register_blueprint(health.health)
    app.register_blueprint(pages.pages(config))
    problems.register(app)
    app.before_request(_only_our_hosts)
    app.after_request(_headers)
    return app


def _only_our_hosts() -> None:
    config = current_config()
    host = urlsplit(f"//{request.host}").hostname or ""
    allowed = {*config.allowed_hosts, urlsplit(config.base_url).hostname or ""}
    if host not in allowed:
        raise problems.Problem("bad-request", "This server does not answer for this host.")


def _headers(response: Response) -> Response:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


logging.getLogger("followthrough").addHandler(logging.NullHandler())
