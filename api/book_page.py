"""The page on which a visitor books: kinds of consultation, a week of free times, the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, render_template, request

from api import forms, week
from api.config import current_config
from api.forms import Form
from api.inside import Answer, ask
from api.page import address, in_path, labels, now, page, see, sorry, waiting, zone
from api.week import Week
from api.words import Say, language, said_by_address, said_by_browser, words


@dataclass(frozen=True)
class Offer:
    """What a visitor can choose from, and what was chosen already."""

    profile: Mapping[str, Any]
    kinds: list[Mapping[str, Any]]
    kind: Mapping[str, Any]
    zone: ZoneInfo
    host: str
    link: str
    code: str

    @property
    def say(self) -> Say:
        return Say(self.code, self.zone)

    @property
    def hosts(self) -> list[Mapping[str, Any]]:
        return self.kind.get("hosts") or []

    @property
    def questions(self) -> list[Mapping[str, Any]]:
        return self.kind.get("questions") or []

    def address(self, **changes: Any) -> str:
        """The page's own address, with what was chosen and these changes."""
        chosen = {"type": self.kind.get("slug"), "zone": self.zone.key, "host": self.host, "link": self.link}
        asked = {**chosen, "lang": self.code, "week": request.args.get("week"), **changes}
        return address(f"/book/{self.profile['slug']}", **asked)


def show(slug: str) -> Response:
    """An empty form. Any date of a week shows that week; the first one with free times is shown otherwise."""
    chosen = request.args
    offer = _offer(slug, chosen.get("type"), chosen.get("zone"), chosen.get("host"), chosen.get("link"), said_by_address())
    if isinstance(offer, Answer):
        return sorry(offer)
    if chosen.get("done") == "confirm":
        return page("book_confirm.html", offer.code, profile=offer.profile)
    return _book_page(offer, Form())


def book(slug: str) -> Response:
    """The form of this page, or one that a website copied: what it leaves out is as an empty form would begin."""
    typed = forms.sent_form()
    chosen = (typed.get(name) for name in ("consultation_type", "timezone", "host_id", "link", "language"))
    offer = _offer(slug, *chosen)
    if isinstance(offer, Answer):
        return sorry(offer)
    told = {"language": offer.code, "timezone": offer.zone.key, "consultation_type": offer.kind.get("slug")}
    said = {**told, **forms.body_of(typed, offer.questions)}
    answer = ask("POST", f"/public/{in_path(slug)}/bookings", body=said, key=forms.key_of(typed, said))
    if answer.ok:
        manage = answer.body.get("manage_url")
        # Without one, the link has to come by mail: the address is to be confirmed.
        here = address(f"/book/{slug}", done="confirm", lang=offer.code)
        return see(f"/bookings/{str(manage).rpartition('/')[2]}" if manage else here)
    if answer.problem == "not-found":
        return sorry(answer)
    asked = {forms.ANSWERS + question["key"]: question["label"] for question in offer.questions}
    named = {"starts_at": words(offer.code)["book"]["when"], **labels(offer.code, "book"), **asked}
    return _book_page(offer, forms.refused(typed, answer, offer.code, named), answer)


def describe(slug: str) -> Response:
    """What a program needs to find a time with this practice and to book it (llmstxt.org)."""
    offer = _offer(slug, None, None, None, None, "en")
    if isinstance(offer, Answer):
        return sorry(offer)
    text = render_template("practice_llms.txt", offer=offer, profile=offer.profile, base=current_config().base_url)
    return Response(text, mimetype="text/plain")


def _offer(
    slug: str, kind: str | None, wished: str | None, host: str | None, link: str | None, lang: str | None
) -> Offer | Answer:
    profile = ask("GET", f"/public/{in_path(slug)}")
    if not profile.ok:
        return profile
    query = {"limit": "200", **({"link": link} if link else {})}
    listed = ask("GET", f"/public/{in_path(slug)}/consultation-types", query=query)
    if not listed.ok:
        return listed
    kinds = listed.body["items"]
    code = language(lang, said_by_browser(), profile.body.get("language"))
    # Unless one is named: the first that is held in the reader's language.
    in_turn = sorted(kinds, key=lambda each: (each["slug"] != kind, each.get("language", code) != code))
    chosen = in_turn[0] if in_turn else {}
    hosts = {each["id"] for each in chosen.get("hosts") or []}
    return Offer(
        profile=profile.body,
        kinds=kinds,
        kind=chosen,
        zone=zone(wished, profile.body["timezone"]),
        host=host if host and host in hosts else "",
        link=link or "",
        code=code,
    )


def _book_page(offer: Offer, form: Form, refusal: Answer | None = None) -> Response:
    shown: Week | Answer | None = None
    if offer.kind:
        shown = week.look(partial(_times, offer), offer.say, now(), request.args.get("week") or _date_in(form, offer.say))
        if isinstance(shown, Answer):
            return sorry(shown)
    taken = refusal is not None and refusal.problem == "slot-taken"
    made = page(
        "book.html",
        offer.code,
        status=refusal.status if refusal else 200,
        profile=offer.profile,
        offer=offer,
        form=form,
        week=shown,
        zones=week.zones_by_region(),
        taken=taken,
        nearest=week.labelled(refusal.body.get("nearest", ()), offer.say) if refusal and taken else [],
    )
    return waiting(made, refusal)


def _times(offer: Offer, window: dict[str, str]) -> Answer:
    asked = {"consultation_type": offer.kind["slug"], **window}
    asked |= {name: value for name, value in (("host_id", offer.host), ("link", offer.link)) if value}
    return ask("GET", f"/public/{in_path(offer.profile['slug'])}/slots", query=asked)


def _date_in(form: Form, say: Say) -> str | None:
    """The date of the time that somebody chose, so that its week is shown again."""
    try:
        return say.local(form.value("starts_at")).date().isoformat()
    except (ValueError, OverflowError):
        return None
