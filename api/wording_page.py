"""The page on which a parent checks a sentence of the IEP. Nothing is kept: the form's answer is the page itself."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api import forms
from api.forms import EMPTY, Form
from api.inside import Answer, ask
from api.marks import marked, with_blanks
from api.page import in_path, page, sorry, waiting
from api.words import language, said_by_address, said_by_browser, words


def show(slug: str) -> Response:
    """An empty form. What the address says of a sentence is not read: addresses are kept in too many places."""
    profile = ask("GET", f"/public/{in_path(slug)}")
    if not profile.ok:
        return sorry(profile)
    code = language(said_by_address(), said_by_browser(), profile.body.get("language"))
    return page("wording.html", code, profile=profile.body, form=Form())


def check(slug: str) -> Response:
    """The form again, with what was found in its sentence."""
    typed = forms.sent_form()
    profile = ask("GET", f"/public/{in_path(slug)}")
    if not profile.ok:
        return sorry(profile)
    code = language(typed.get("language"), said_by_address(), said_by_browser(), profile.body.get("language"))
    body = forms.body_of(typed)
    said: dict[str, Any] = {name: body[name] for name in ("text", "kind") if name in body}
    answer = ask("POST", f"/public/{in_path(slug)}/wording-checks", body=said)
    if not answer.ok:
        form, known = forms.refused(typed, answer, code, _labels(code)), words(code)["wording"]
        if "language" in answer.body:
            form.alert, form.errors["text"] = None, known["other_language"]
        elif "text" in form.errors and "text" in said and not _detail(answer).startswith(EMPTY):
            form.errors["text"] = known["too_long"]
        return waiting(page("wording.html", code, status=answer.status, profile=profile.body, form=form), answer)
    found = _found(said["text"], answer.body)
    return page("wording.html", code, profile=profile.body, form=Form(typed), found=found, is_free=_is_free(slug))


def _found(text: str, wording: Mapping[str, Any]) -> dict[str, Any]:
    spans = [(finding["start"], finding["end"]) for finding in wording["findings"]]
    return {**wording, "pieces": marked(text, spans), "rewritten": with_blanks(wording["rewrite"] or "")}


def _is_free(slug: str) -> bool:
    """Whether the practice offers a consultation that costs nothing."""
    listed = ask("GET", f"/public/{in_path(slug)}/consultation-types", query={"limit": "200"})
    return listed.ok and any(not kind.get("price_cents") for kind in listed.body["items"])


def _labels(code: str) -> dict[str, str]:
    known = words(code)["wording"]
    return {"text": known["text"], "kind": known["kind"]}


def _detail(answer: Answer) -> str:
    return next((error["detail"] for error in answer.body.get("errors", ()) if error["pointer"] == "/text"), "")
