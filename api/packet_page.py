"""The page behind the link to a packet that was shared. Opening it only looks; with the code, its form downloads."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response

from api import forms, inside
from api.forms import Form
from api.inside import Answer
from api.page import in_path, page, sorry, waiting
from api.words import Say, language, said_by_address, said_by_browser, words
from models.packet import FORMATS

MEBIBYTE = 1024 * 1024


def show(token: str) -> Response:
    """Opening it only looks: mail scanners do so too."""
    return _packet_page(token, None, said_by_address())


def download(token: str) -> Response:
    """Hands out the file, as the API does; or the form again, where the code is wrong."""
    typed = forms.sent_form()
    lang, form = typed.pop("lang", None), typed.pop("format", "pdf")
    said = {**forms.body_of(typed), "format": form if form in FORMATS else "pdf"}
    told = inside.download(f"{_path(token)}/content", said)
    if isinstance(told, Response):
        return told
    if told.problem == "not-found":
        return sorry(told, link=True)
    code = language(lang, said_by_browser())
    # Nobody is shown a code again.
    shown = forms.refused(typed, told, code, {"code": words(code)["packet"]["code"]})
    shown.typed.pop("code", None)
    return _packet_page(token, shown, lang, refusal=told)


def _packet_page(token: str, form: Form | None, lang: str | None, *, refusal: Answer | None = None) -> Response:
    found = inside.ask("GET", _path(token))
    if not found.ok:
        return sorry(found, link=True)
    packet = found.body
    code = language(lang, packet["language"], said_by_browser())
    expires = datetime.fromisoformat(packet["expires_at"])
    made = page(
        "packet.html",
        code,
        status=refusal.status if refusal else 200,
        token=token,
        packet=packet,
        profile=packet["practice"],
        until=Say(code, ZoneInfo("UTC")).day(expires.date(), "date"),
        sizes={form: max(1, round(packet[f"{form}_bytes"] / MEBIBYTE)) for form in FORMATS},
        form=form or Form(),
    )
    return waiting(made, refusal)


def _path(token: str) -> str:
    return f"/public/packets/{in_path(token)}"
