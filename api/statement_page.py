"""The page behind the link that asks for a statement. Opening it only looks; what is written is looked at, and then signed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request
from werkzeug.datastructures import MultiDict

from api import forms
from api.forms import Form
from api.inside import Answer, ask
from api.page import address, in_path, page, see, sorry, waiting
from api.words import Say, language, said_by_address, said_by_browser, words

ASKED = ("text", "signed_name", "signed_on")


def show(token: str) -> Response:
    """Opening it only looks: mail scanners do so too."""
    return _statement_page(token, None, said_by_address())


def write(token: str) -> Response:
    """Shows what was written as it would be signed; signs it, as the API does, when the button there is pressed."""
    typed = forms.sent_form()
    # In which language it was shown is the page's own affair, and so is which button was pressed.
    lang, act = typed.pop("lang", None), typed.pop("act", None)
    if act == "change":
        return _statement_page(token, Form(typed), lang)
    said = forms.body_of(typed)
    if act != "sign" and all(name in said for name in ASKED):
        return _statement_page(token, Form(MultiDict(said)), lang, is_to_be_signed=True)
    # What is not complete is signed by nobody: the API says what is missing. Without a key: of two presses the second waits for
    # the first, finds that it is signed, and says so.
    told = ask("POST", _path(token), body=said)
    if told.ok:
        return see(address(f"/statements/{in_path(token)}", done="signed", lang=lang))
    if told.problem == "not-found":
        return sorry(told, link=True)
    code = language(lang, said_by_browser())
    labels = {name: words(code)["statement"][name] for name in ASKED}
    return _statement_page(token, forms.refused(typed, told, code, labels), lang, refusal=told)


def _statement_page(
    token: str, form: Form | None, lang: str | None, *, is_to_be_signed: bool = False, refusal: Answer | None = None
) -> Response:
    found = ask("GET", _path(token))
    if not found.ok:
        return sorry(found, link=True)
    statement = found.body
    code = language(lang, statement["language"], said_by_browser())
    form = form or Form(MultiDict({"signed_on": statement["today"]}))
    made = page(
        "statement.html",
        code,
        status=refusal.status if refusal else 200,
        token=token,
        statement=statement,
        profile=statement["practice"],
        done=request.args.get("done"),
        dated=_dates(code, statement),
        day=lambda on: _day(code, on),
        form=form,
        is_to_be_signed=is_to_be_signed,
    )
    return waiting(made, refusal)


def _dates(code: str, statement: Mapping[str, Any]) -> dict[str, str]:
    """The days of the page, as people say them."""
    days = {"first": statement["about_from"], "last": statement["about_to"], "until": statement["expires_on"]}
    return {name: _day(code, on) for name, on in days.items() if on}


def _day(code: str, on: str) -> str:
    """A date in words; what is none, as it was typed: the API says so when it is to be signed."""
    try:
        return Say(code, ZoneInfo("UTC")).day(date.fromisoformat(on), "date")
    except ValueError:
        return on


def _path(token: str) -> str:
    return f"/public/statements/{in_path(token)}"
