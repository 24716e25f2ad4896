"""The few pages that people see: documentation, problems, what a link in a mail opens, the demo. A GET changes nothing."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, send_from_directory

from api import book_page, contact_page, copy_page, embed, manage_page, packet_page, statement_page, wording_page
from api.calendar_feed import calendar_feed
from api.config import Config, current_config
from api.problems import KINDS
from api.retry import again
from api.verbs import transaction
from api.words import language, said_by_address, said_by_browser, words
from mail.post import KeptPost
from models import tenancy
from models.practice import PRACTICE_BY_SLUG, Practice
from models.transaction import NotFound

WEB = Path(__file__).parent.parent / "web"
_LINK = re.compile(r"https?://[^\s<>\"]+")


def pages(config: Config) -> Blueprint:
    """The pages; those of the demo only where there is one."""
    blueprint = Blueprint("pages", __name__, template_folder=str(WEB / "templates"))
    blueprint.add_url_rule("/", view_func=home)
    blueprint.add_url_rule("/static/<path:name>", view_func=static)
    blueprint.add_url_rule("/embed.js", view_func=embed.script)
    blueprint.add_url_rule("/embed/<version>/<name>", view_func=embed.module)
    blueprint.add_url_rule("/api/v1/openapi.json", view_func=openapi)
    blueprint.add_url_rule("/docs", view_func=docs)
    blueprint.add_url_rule("/problems", view_func=problems)
    blueprint.add_url_rule("/problems/<name>", view_func=problem)
    blueprint.add_url_rule("/book/<slug>", "show_book", book_page.show)
    blueprint.add_url_rule("/book/<slug>", "book", book_page.book, methods=["POST"])
    blueprint.add_url_rule("/book/<slug>/llms.txt", "describe_practice", book_page.describe)
    blueprint.add_url_rule("/contact/<slug>", "show_contact", contact_page.show)
    blueprint.add_url_rule("/contact/<slug>", "write_to_practice", contact_page.write, methods=["POST"])
    blueprint.add_url_rule("/wording/<slug>", "show_wording_check", wording_page.show)
    blueprint.add_url_rule("/wording/<slug>", "check_wording_on_page", wording_page.check, methods=["POST"])
    blueprint.add_url_rule("/bookings/<token>", "show_booking_page", manage_page.show)
    for act in manage_page.ACTS:
        change = partial(manage_page.change, act)
        blueprint.add_url_rule(f"/bookings/<token>/{act}", f"{act}_on_page", change, methods=["POST"])
        blueprint.add_url_rule(f"/bookings/<token>/{act}", f"back_from_{act}", manage_page.back)
    blueprint.add_url_rule("/copies/<token>", "show_copy_page", copy_page.show)
    blueprint.add_url_rule("/copies/<token>", "answer_on_page", copy_page.answer, methods=["POST"])
    blueprint.add_url_rule("/packets/<token>", "show_packet_page", packet_page.show)
    blueprint.add_url_rule("/packets/<token>", "download_on_page", packet_page.download, methods=["POST"])
    blueprint.add_url_rule("/statements/<token>", "show_statement_page", statement_page.show)
    blueprint.add_url_rule("/statements/<token>", "sign_on_page", statement_page.write, methods=["POST"])
    blueprint.add_url_rule("/llms.txt", view_func=describe)
    blueprint.add_url_rule("/calendar/<token>.ics", view_func=calendar_feed)
    blueprint.add_url_rule("/invitations/<token>", view_func=invitation)
    blueprint.add_url_rule("/password/<token>", view_func=password)
    if config.demo_slug:
        blueprint.add_url_rule("/demo", view_func=demo)
    if config.kept_mail:
        blueprint.add_url_rule("/dev/mail", view_func=mail)
        blueprint.add_url_rule("/dev/mail/<name>", view_func=mail_message)
        blueprint.add_url_rule("/dev/mail/<name>/html", view_func=mail_as_html)
    return blueprint


def home() -> str:
    return render_template("home.html", demo=bool(current_config().demo_slug))


def static(name: str) -> Response:
    response = send_from_directory(WEB / "static", name, max_age=300)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def openapi() -> Any:
    return current_app.extensions["openapi"]


def docs() -> str:
    return render_template("docs.html", document=current_app.extensions["openapi"])


def describe() -> Response:
    """What a program needs to know to use this installation for somebody (llmstxt.org)."""
    told = current_config()
    text = render_template("llms.txt", base=told.base_url, demo=told.demo_slug)
    return Response(text, mimetype="text/plain")


def problems() -> str:
    return render_template("problems.html", problems=list(KINDS.values()))


def problem(name: str) -> str:
    if name not in KINDS:
        raise NotFound("There is no problem of this name.")
    return render_template("problem.html", problem=KINDS[name])


def invitation(token: str) -> str:
    return render_template("invitation.html")


def password(token: str) -> str:
    return render_template("password.html")


def demo() -> Any:
    slug = current_config().demo_slug
    found = again(lambda: _practice(slug)) if slug else None
    if found is None:
        return redirect("/")
    code = language(said_by_address(), said_by_browser())
    said = {"lang": code, "words": words(code), "t": words(code, "demo_")}
    return render_template("demo.html", slug=slug, practice=found, **said)


def _practice(slug: str) -> Practice | None:
    with transaction(tenancy.lobby()) as lobby:
        found = lobby.rows(PRACTICE_BY_SLUG, slug=slug)
    if not found:
        return None
    with transaction(tenancy.practice(found[0].id)) as inside:
        return inside.find(Practice, found[0].id)


def mail() -> str:
    kept = [
        {
            "id": name,
            "to": str(found["To"]),
            "subject": str(found["Subject"]),
            "at": str(found["Date"]),
            "state": "sent",
        }
        for name, found in _post().kept()
    ]
    return render_template("mail.html", messages=kept)


def mail_message(name: str) -> str:
    found = _post().read(name)
    if found is None:
        raise NotFound("There is no mail of this name.")
    body = found.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    attachments = [
        {"name": part.get_filename() or "", "type": part.get_content_type(), "text": str(part.get_content())}
        for part in found.iter_attachments()
    ]
    shown = {header.lower(): str(found[header]) for header in ("From", "To", "Subject")}
    has_html = found.get_body(("html",)) is not None
    message = {**shown, "id": name, "has_html": has_html, "at": str(found["Date"]), "text": text, "attachments": attachments}
    return render_template("mail_message.html", message=message, parts=list(_with_links(text)))


def mail_as_html(name: str) -> Response:
    """The mail as a mail program shows it: with its own styles, and with nothing that runs or is loaded."""
    found = _post().read(name)
    body = found.get_body(("html",)) if found else None
    if body is None:
        raise NotFound("There is no mail of this name.")
    response = Response(str(body.get_content()), mimetype="text/html")
    allowed = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    response.headers["Content-Security-Policy"] = allowed
    return response


def _with_links(text: str) -> Iterator[dict[str, str | None]]:
    at = 0
    for link in _LINK.finditer(text):
        yield {"text": text[at : link.start()], "href": None}
        yield {"text": link[0], "href": link[0]}
        at = link.end()
    yield {"text": text[at:], "href": None}


def _post() -> KeptPost:
    return KeptPost(Path(str(current_config().kept_mail)))
