"""The wording of statements: weighed for staff, for a visitor, and with every provision; nothing is kept of what is asked."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from api.doors import StaffDoor, WebsiteDoor
from api.problems import Problem
from api.verbs import practice
from domain.frequency import said as frequency_said
from domain.refusal import FieldError
from domain.wording import OtherLanguage, OwnTerm, Wording, weigh
from domain.wording.promised import weigh_promised
from schemas.wording import WordingCheckSchema, WordingSchema

# What is asked again and again is a provision; weighing it takes longer than reading it.
REMEMBERED = 4096

wording_checks = StaffDoor(
    "wording-checks", __name__, "/wording-checks", description="How a statement of an IEP is worded, and what to ask."
)
public_wording_checks = WebsiteDoor("public-wording-checks", __name__, "/public", tag="public")
# The answer to a key would be kept, and of what a parent pastes nothing is.
wording_checks.keeps_answers = public_wording_checks.keeps_answers = False
wording_checks.only_asks = True


@wording_checks.route("", methods=["POST"])
@wording_checks.arguments(WordingCheckSchema)
@wording_checks.response(200, WordingSchema)
def check_wording(said: dict[str, Any]) -> Wording:
    """Check the wording of a statement

    What in it is weak and why, what to ask the team, which of who, what, where, when, how and why it leaves open, and a firmer
    sentence with blanks to fill. The practice's own terms are found too. Nothing is kept. In English alone: another language
    answers 422.
    """
    return _checked(said)


@public_wording_checks.route("/<slug>/wording-checks", methods=["POST"])
@public_wording_checks.arguments(WordingCheckSchema)
@public_wording_checks.response(200, WordingSchema)
def check_wording_as_visitor(said: dict[str, Any]) -> Wording:
    """Check the wording of a statement, as a visitor

    As staff do, with the practice's own terms. Nothing is kept of what was asked.
    """
    return _checked(said)


def own_terms() -> tuple[OwnTerm, ...]:
    """What this practice wants to be found besides."""
    return terms_in(practice().wording_terms)


def terms_in(kept: Iterable[Mapping[str, Any]]) -> tuple[OwnTerm, ...]:
    return tuple(OwnTerm(**{"why": None, "question": None, **term}) for term in kept)


@lru_cache(REMEMBERED)
def weighed(
    text: str,
    kind: str | None,
    terms: tuple[OwnTerm, ...],
    frequency: str | None,
    setting: str | None,
    provider_role: str | None,
) -> Wording | None:
    """The wording of a provision with what its fields say; None where it is not in English."""
    try:
        return weigh_promised(text, kind, terms, frequency=frequency, setting=setting, provider_role=provider_role)
    except OtherLanguage:
        return None


def with_wording(provision: Mapping[str, Any]) -> dict[str, Any]:
    """A provision as it is shown: with its wording, and its amount in words."""
    shown = with_frequency(provision)
    beside = shown["frequency"], shown["setting"], shown["provider_role"]
    return {**shown, "wording": weighed(shown["text"], shown["kind"], terms_in(shown["wording_terms"]), *beside)}


def with_frequency(provision: Mapping[str, Any]) -> dict[str, Any]:
    """A provision with its amount in words."""
    return {**provision, "frequency": frequency_said(provision["minutes"], provision["times"], provision["per"]) or None}


def _checked(said: Mapping[str, Any]) -> Wording:
    try:
        return weigh(said["text"], said.get("kind"), own_terms())
    except OtherLanguage as other:
        # Which language, for a page that says so in the reader's own.
        errors = [FieldError(pointer="/text", detail=str(other))]
        raise Problem("validation", str(other), errors=errors, language=other.extra.get("language")) from None
