"""What the pages for visitors share: a page in the reader's language, one that says sorry, and the way to another.

Each of these pages only asks the API (`api.inside`) and shows what it said. They work without a script; a GET asks with GETs
alone, and what acts is a form's POST.
"""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from flask import Response, current_app, make_response, redirect, render_template, request

from api.inside import Answer
from api.words import language, said_by_address, said_by_browser, words
from schemas.fields import zones


def page(template: str, code: str, *, status: int = 200, **shown: Any) -> Response:
    """The template with its words; `code` is the language."""
    known = words(code)
    other = request.args.to_dict() | {"lang": known["language"]["other_code"]}
    # What a form's answer shows has no address of its own.
    shown["other_language"] = f"{request.path}?{urlencode(other)}" if request.method in ("GET", "HEAD") else None
    return make_response(render_template(template, lang=code, words=known, **shown), status)


def sorry(answer: Answer, *, link: bool = False) -> Response:
    """The page for what cannot be shown, that says what to do; `link` where the address is that of a link in a mail."""
    code = language(said_by_address(), said_by_browser())
    known = words(code)["page"]
    is_passing = answer.status == 429 or answer.status >= 500
    about = "dead_link" if link else "gone"
    if is_passing:
        about = "busy" if answer.status == 429 else "away"
    shown = {"title": known[about], "explanation": known[f"{about}_words"], "is_passing": is_passing}
    return waiting(page("sorry.html", code, status=answer.status, **shown), answer)


def waiting(shown: Response, answer: Answer | None) -> Response:
    """The page, saying how long to wait if the API's answer did."""
    if answer and answer.retry_after:
        shown.headers["Retry-After"] = answer.retry_after
    return shown


def see(address: str) -> Response:
    """Another page to look at: reloading that one sends nothing again (303)."""
    return make_response(redirect(address, 303))


def address(path: str, **query: object) -> str:
    """A path of this server, with what is said of the query."""
    said = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{said}" if said else path


def in_path(text: str) -> str:
    return quote(text, safe="")


def zone(*wishes: str | None) -> ZoneInfo:
    """The first of the wishes that is a zone."""
    return ZoneInfo(next((wish for wish in wishes if wish in zones()), "UTC"))


def now() -> datetime:
    found: datetime = current_app.extensions["clock"]()
    return found


def labels(code: str, about: str) -> dict[str, str]:
    """What the fields about a person are called, on the page for booking (`book`) or for writing (`contact`)."""
    known = words(code)
    own = {name: known["field"][name] for name in ("name", "email", "phone", "consent")}
    return {**own, "message": known[about]["message"]}
