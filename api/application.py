"""The API as a WSGI application. It is told everything; it reads no environment and no clock of its own."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import orjson
import sqlalchemy
from flask import Flask, request
from flask.json.provider import JSONProvider
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import UUIDConverter

from api import (
    access_entry,
    agenda,
    api_key,
    audit_entry,
    auth,
    availability,
    booking,
    booking_link,
    calendar_feed,
    case,
    check_in,
    client,
    communication,
    compensatory_claim,
    concern,
    conflict_check,
    consultation_type,
    copy_link,
    cors,
    deadline,
    deadline_check,
    deadline_rule,
    digest,
    document,
    enquiry,
    external_calendar,
    headers,
    health,
    hold,
    iep_copy,
    iep_version,
    inbound_mail,
    letter,
    letter_template,
    limits,
    looking,
    message,
    metrics,
    observation,
    one_time_code,
    openapi,
    packet,
    packet_share,
    packet_share_link,
    pages,
    password,
    playbook,
    practice,
    problems,
    proceeding,
    provision,
    public,
    reminder,
    school_calendar,
    service_log_import,
    service_session,
    sign_in,
    slots,
    staff,
    statement,
    statement_link,
    student,
    team_member,
    time_off,
    tokens,
    watch,
    wording_check,
)
from api.config import Config
from models.link import Links

Clock = Callable[[], datetime]
RESOURCES = (
    auth.founding,
    auth.invitations,
    auth.auth,
    auth.me,
    auth.account,
    password.forgotten,
    password.passwords,
    one_time_code.one_time_codes,
    sign_in.sign_ins,
    public.public,
    public.bookings,
    hold.public_holds,
    hold.own_holds,
    enquiry.public_enquiries,
    practice.practices,
    staff.staff,
    api_key.api_keys,
    audit_entry.audit_entries,
    consultation_type.consultation_types,
    availability.availabilities,
    time_off.time_off,
    slots.free_times,
    booking.bookings,
    booking_link.booking_links,
    enquiry.enquiries,
    conflict_check.conflict_checks,
    client.clients,
    student.students,
    access_entry.access_log,
    case.cases,
    team_member.team_members,
    document.documents,
    iep_version.iep_versions,
    iep_copy.iep_copies,
    copy_link.public_copies,
    provision.provisions,
    wording_check.wording_checks,
    wording_check.public_wording_checks,
    deadline_check.deadline_checks,
    deadline_rule.deadline_rules,
    school_calendar.school_calendars,
    deadline.deadlines,
    proceeding.proceedings,
    concern.concerns,
    observation.observations,
    statement.statements,
    statement_link.public_statements,
    service_session.service_sessions,
    service_log_import.service_log_imports,
    compensatory_claim.compensatory_claims,
    playbook.playbooks,
    communication.communications,
    letter.letters,
    letter_template.letter_templates,
    packet.packets,
    packet_share.packet_shares,
    packet_share_link.public_packets,
    inbound_mail.hooks,
    inbound_mail.inbound_mails,
    reminder.reminders,
    check_in.check_ins,
    agenda.agenda,
    digest.digests,
    message.messages,
    external_calendar.external_calendars,
    calendar_feed.calendar_feeds,
)

# The document says what the code says, whatever an application is told: the first one of a process writes it for all.
_written: dict[str, Any] = {}


class CanonicalUuid(UUIDConverter):
    """A UUID in a path, in its canonical form: other spellings are no address."""

    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class _Flask(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: nothing here is a coroutine, and looking costs a hundredth of a request, a dozen times."""
        return func

    def log_exception(self, exc_info: Any) -> None:
        """What broke beyond every handler. Flask itself would write the path, and tokens stand in paths."""
        self.logger.error("internal error", exc_info=exc_info)


class _Json(JSONProvider):
    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(obj, option=orjson.OPT_UTC_Z).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)


def create_app(engine: sqlalchemy.Engine, clock: Clock, config: Config) -> Flask:
    """The application on a database, a clock that gives aware instants, and a configuration."""
    app = _Flask("followthrough", static_folder=None, template_folder=None)
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
    numbers = metrics.Metrics(engine, config.metrics_folder) if config.metrics_token else None
    app.extensions["metrics"] = numbers
    watch.register(app, numbers)
    tokens.register(app, config.secret_keys)
    limits.register(app, config)
    looking.register(app)
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    api = Api(app)
    api.DEFAULT_ERROR_RESPONSE_NAME = None
    api.register_converter(CanonicalUuid, lambda _converter: {"type": "string", "format": "uuid"})
    for blueprint in RESOURCES:
        (app if _written else api).register_blueprint(blueprint)
    if not _written:
        _written.update(openapi.finish(api.spec.to_dict()))
    app.extensions["openapi"] = _written
    app.register_blueprint(health.health)
    if numbers:
        app.register_blueprint(metrics.blueprint)
    app.register_blueprint(pages.pages(config))
    problems.register(app)
    app.before_request(_only({*config.allowed_hosts, urlsplit(config.base_url).hostname or ""}))
    headers.register(app, config.base_url)
    cors.register(app)
    return app


def _only(hosts: Collection[str]) -> Callable[[], None]:
    """A check that a request names one of these hosts."""
    # What was found right is found again at once; a wrong one is never kept.
    right: set[str] = set()

    def check() -> None:
        host = request.host
        if host in right:
            return
        if (urlsplit(f"//{host}").hostname or "") not in hosts:
            raise problems.Problem("bad-request", "This server does not answer for this host.")
        if len(right) < 100:
            right.add(host)

    return check


logging.getLogger("followthrough").addHandler(logging.NullHandler())
