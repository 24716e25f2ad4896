"""Plain forms: what their fields say, as the body that the API takes; and what the API said of it, at each field."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask import request
from werkzeug.datastructures import MultiDict

from api.inside import Answer
from api.problems import Problem
from api.words import words

FORM = "application/x-www-form-urlencoded"
# The form's own number, which no person sees: pressing the button twice is one wish.
NUMBER = "form_number"
ANSWERS = "answers-"
# How the API says that something is missing.
EMPTY = ("Missing data", "This must not be blank", "This has to be answered")
# What no person types: the page that is shown again fills these in anew, or leaves them empty.
UNSEEN = ("website", "timezone", "source_url")
_NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,10})?", re.ASCII)


@dataclass
class Form:
    """A form as a page shows it: empty, or as somebody filled it in, with what is wrong."""

    typed: MultiDict[str, str] = field(default_factory=MultiDict)
    alert: str | None = None
    # What is wrong, by field.
    errors: dict[str, str] = field(default_factory=dict)
    # What is wrong with fields that this form does not show.
    others: list[str] = field(default_factory=list)
    # What its fields are called.
    labels: Mapping[str, str] = field(default_factory=dict)
    number: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def was_sent(self) -> bool:
        return bool(self.typed)

    def value(self, name: str, default: str = "") -> str:
        return self.typed.get(name, default)

    def has(self, name: str, value: str) -> bool:
        return value in self.typed.getlist(name)


def sent_form() -> MultiDict[str, str]:
    """The fields of the form that was sent."""
    if request.mimetype != FORM:
        raise Problem("unsupported-media-type", f"A form is sent as {FORM}.")
    return MultiDict(request.form.items(multi=True))


def body_of(typed: MultiDict[str, str], questions: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The fields as JSON: what was left empty is left out; a ticked box is true; answers are what their question asks for."""
    said: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    kinds = {question["key"]: question["kind"] for question in questions}
    for name, values in typed.lists():
        # Browsers send lines that end with CR LF.
        given = [text for value in values if (text := value.replace("\r\n", "\n").strip())]
        if not given or name == NUMBER:
            continue
        if name.startswith(ANSWERS):
            key = name.removeprefix(ANSWERS)
            answers[key] = _answer(kinds.get(key), given)
        elif name == "consent":
            said[name] = True
        else:
            said[name] = given[0] if len(given) == 1 else given
    return {**said, "answers": answers} if answers else said


def key_of(typed: MultiDict[str, str], said: Mapping[str, Any]) -> str | None:
    """The Idempotency-Key of this form with these words; none for a form that somebody copied to a website of theirs."""
    number = typed.get(NUMBER)
    if not number:
        return None
    return hashlib.sha256(number.encode() + orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def refused(typed: MultiDict[str, str], answer: Answer, code: str, labels: Mapping[str, str]) -> Form:
    """The form again, with what was typed; and what is wrong, at each of the fields that have a label in it."""
    known = words(code)
    form = Form(typed, alert=known["page"]["problem_words"], labels=labels)
    for error in answer.body.get("errors", ()):
        name = _field_at(error["pointer"])
        if name in labels:
            form.errors.setdefault(name, _in_our_words(known["field"], name, error["detail"], code))
        else:
            form.others.append(_of_another(known, name, error["detail"], code))
    if answer.status == 429:
        form.alert = f"{known['page']['busy']}. {known['page']['busy_words']}"
    elif answer.status >= 500:
        form.alert = f"{known['page']['away']}. {known['page']['away_words']}"
    elif not form.errors and not form.others:
        form.others.append(_of_another(known, "", answer.body.get("detail", ""), code))
    form.others = list(dict.fromkeys(form.others))
    return form


def _answer(kind: str | None, given: list[str]) -> Any:
    if kind == "choices":
        return given
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(given[0], given[0])
    return _number(given[0]) if kind == "number" else given[0]


def _number(text: str) -> int | float | str:
    """A number as people write it, 2,5 too; anything else stays text, for the API to refuse."""
    if not _NUMBER.fullmatch(text):
        return text
    return float(text.replace(",", ".")) if "," in text or "." in text else int(text)


def _field_at(pointer: str) -> str:
    """The field of a JSON pointer: of /answers/support/0 that of this answer."""
    parts = pointer.split("/")[1:]
    if parts[:1] == ["answers"] and len(parts) > 1:
        return ANSWERS + parts[1]
    return parts[0] if parts else ""


def _in_our_words(known: Mapping[str, str], name: str, detail: str, code: str) -> str:
    if name in ("consent", "starts_at"):
        return known["not_agreed" if name == "consent" else "no_time"]
    if detail.startswith(EMPTY):
        return known["empty"]
    if f"wrong_{name}" in known:
        return known[f"wrong_{name}"]
    # What the API says is English.
    return detail if code == "en" else known["wrong"]


def _of_another(known: Mapping[str, Any], name: str, detail: str, code: str) -> str:
    """What is wrong with a field that the form does not show, or with none."""
    if name in UNSEEN:
        return str(known["field"]["once_more"])
    if code != "en":
        return f"{known['page']['refused']}."
    return f"{name}: {detail}" if name else detail
