"""The page behind the link in the mails about a booking: what was booked, and the ways to change it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request

from api import forms, week
from api.forms import Form
from api.inside import Answer, ask
from api.page import address, in_path, now, page, see, sorry, waiting, zone
from api.week import Week
from api.words import Say, language, said_by_address, said_by_browser, words

ACTS = ("reschedule", "cancel", "confirm")


def show(token: str) -> Response:
    """Opening it only looks: mail scanners do so too."""
    return _manage_page(token, Form(), said_by_address(), request.args.get("zone"))


def back(token: str) -> Response:
    """To the page itself, for a browser that opens again where a form was sent to. Nothing is sent, so nothing changes."""
    return see(f"/bookings/{in_path(token)}")


def change(act: str, token: str) -> Response:
    """Moves, cancels, or confirms the address of a booking, as the API does."""
    typed = forms.sent_form()
    # In which language and zone it was shown is the page's own affair.
    lang, shown_in = typed.pop("lang", None), typed.pop("zone", None)
    said = forms.body_of(typed)
    answer = ask("POST", f"{_path(token)}/{act}", body=said or None, key=forms.key_of(typed, said))
    here = f"/bookings/{in_path(token)}"
    if answer.ok:
        return see(address(here, done="moved" if act == "reschedule" else None, lang=lang))
    if answer.problem == "conflict":
        # It was pressed twice, or somebody was faster: how it stands now says enough.
        return see(address(here, done="meanwhile", lang=lang))
    if answer.problem == "not-found":
        return sorry(answer, link=True)
    known = words(code := language(lang, said_by_browser()))
    named = {"starts_at": known["book"]["when"], "reason": known["manage"]["reason"]}
    return _manage_page(token, forms.refused(typed, answer, code, named), lang, shown_in, act=act, refusal=answer)


def _manage_page(
    token: str, form: Form, lang: str | None, shown_in: str | None, *, act: str = "", refusal: Answer | None = None
) -> Response:
    found = ask("GET", _path(token))
    if not found.ok:
        return sorry(found, link=True)
    booking = found.body
    code = language(lang, booking.get("language"), said_by_browser())
    shown: Week | Answer | None = None
    elsewhere = Say(code, zone(shown_in, booking["timezone"]))
    if booking["can_reschedule"] and (act == "reschedule" or "move" in request.args):
        shown = week.look(lambda window: ask("GET", f"{_path(token)}/slots", query=window), elsewhere, now(), _week())
        if isinstance(shown, Answer):
            return sorry(shown, link=True)
    taken = refusal is not None and refusal.problem == "slot-taken"
    made = page(
        "booking.html",
        code,
        status=refusal.status if refusal else 200,
        token=token,
        booking=booking,
        profile=booking["practice"],
        state=_state(booking),
        done=request.args.get("done"),
        say=Say(code, ZoneInfo(booking["timezone"])),
        elsewhere=elsewhere,
        form=form,
        week=shown,
        zones=week.zones_by_region(),
        is_cancelling=act == "cancel",
        taken=taken,
        nearest=week.labelled(refusal.body.get("nearest", ()), elsewhere) if refusal and taken else [],
    )
    return waiting(made, refusal)


def _state(booking: Mapping[str, Any]) -> str:
    """Under which name the words of the page say how it stands."""
    if booking.get("can_confirm"):
        return "unconfirmed"
    is_past = datetime.fromisoformat(booking["starts_at"]) <= now()
    return "over" if is_past and booking["state"] in ("held", "requested", "confirmed") else str(booking["state"])


def _path(token: str) -> str:
    return f"/public/bookings/{in_path(token)}"


def _week() -> str | None:
    return request.args.get("week")
