"""The page behind the link that asks a teacher about their copy of an IEP. Opening it only looks; the form acts."""

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
from domain.playbook import NEEDS

ASKED = ("has_copy", "received_on", "knows_their_part", "has_what_they_need", "needs", "note")
NEED = "need-"


def show(token: str) -> Response:
    """Opening it only looks: mail scanners do so too."""
    return _copy_page(token, None, said_by_address())


def answer(token: str) -> Response:
    """Takes the answer, as the API does."""
    typed = forms.sent_form()
    # In which language it was shown is the page's own affair.
    lang = typed.pop("lang", None)
    said = _body(typed)
    told = ask("POST", _path(token), body=said, key=forms.key_of(typed, said))
    if told.ok:
        return see(address(f"/copies/{in_path(token)}", done="answered", lang=lang))
    if told.problem == "not-found":
        return sorry(told, link=True)
    code = language(lang, said_by_browser())
    labels = {name: words(code)["iep_copy"][name] for name in ASKED}
    return _copy_page(token, forms.refused(typed, told, code, labels), lang, refusal=told)


def _body(typed: MultiDict[str, str]) -> dict[str, Any]:
    """What the form says as the API takes it: each kind of need is a field of its own."""
    said = forms.body_of(typed)
    needs = [{"kind": kind, "what": said.pop(NEED + kind)} for kind in NEEDS if NEED + kind in said]
    return {**said, "needs": needs}


def _copy_page(token: str, form: Form | None, lang: str | None, *, refusal: Answer | None = None) -> Response:
    found = ask("GET", _path(token))
    if not found.ok:
        return sorry(found, link=True)
    copy = found.body
    code = language(lang, copy["language"], said_by_browser())
    made = page(
        "copy.html",
        code,
        status=refusal.status if refusal else 200,
        token=token,
        copy=copy,
        profile=copy["practice"],
        done=request.args.get("done"),
        dated=_dates(code, copy),
        form=form or Form(_as_answered(copy)),
        needs=NEEDS,
    )
    return waiting(made, refusal)


def _as_answered(copy: Mapping[str, Any]) -> MultiDict[str, str]:
    """The form as they filled it in before, and with what was missing before that."""
    answered = ("has_copy", "received_on", "knows_their_part", "has_what_they_need") if copy["answered_on"] else ()
    told = {name: copy[name] for name in answered if copy[name]}
    if copy["needs"]:
        # Still open from an earlier version or year.
        told["has_what_they_need"] = "no"
    needs: dict[str, str] = {}
    for need in copy["needs"]:
        name = NEED + need["kind"]
        needs[name] = f"{needs[name]}; {need['what']}" if name in needs else need["what"]
    return MultiDict({**told, **needs})


def _dates(code: str, copy: Mapping[str, Any]) -> dict[str, str]:
    """The dates of the page, as people say them."""
    say, version = Say(code, ZoneInfo("UTC")), copy["iep_version"]
    dates = {"first": version["effective_from"], "last": version["effective_to"], "answered": copy["answered_on"]}
    return {name: say.day(date.fromisoformat(on), "date") for name, on in dates.items() if on}


def _path(token: str) -> str:
    return f"/public/copies/{in_path(token)}"
