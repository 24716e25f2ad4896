"""From a draft to what a provision says, and how sure we are of it."""

import re
from dataclasses import replace
from datetime import date

from domain.dates import written_dates
from domain.reading.about.child import Child
from domain.reading.form.marks import chosen, is_none
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, SERVICE, SUPPORT
from domain.reading.promise.amounts import Amount, amounts
from domain.reading.promise.dates import dates_of
from domain.reading.promise.draft import Draft
from domain.reading.promise.kind import kind_of, own_kind
from domain.reading.promise.phrase import Phrase, item, phrase
from domain.reading.promise.who_and_where import actor
from domain.reading.promise.wording import PERSON, modes_text, place_text, role_text, spelled, tidy
from domain.reading.result import ReadProvision, quoted
from domain.vocabulary import spelled_out

LONGEST_TEXT = 2000


def provisions(draft: Draft, child: Child) -> list[ReadProvision]:
    """What a draft promises: as a rule one provision, of a row with several amounts one for each."""
    own, name = own_kind(draft.name)
    if own != GOAL and draft.topic.kinds != (GOAL,):
        name = child.without(name)
    kind = (
        own
        if own and (own in draft.topic.kinds or not draft.topic.kinds or own in (MODIFICATION, ACCOMMODATION))
        else kind_of(draft.topic, draft.name)
    )
    if own and own != kind and len(name) < 3:
        name = draft.name
    base = Phrase(name)
    if kind in (SERVICE, SUPPORT) and not (draft.is_row and draft.amounts):
        base = phrase(name, kind)
    elif (kind in (ACCOMMODATION, MODIFICATION) and not draft.is_row) or (
        kind in (ACCOMMODATION, MODIFICATION) and written_dates(name)
    ):
        base = item(name)
    starts, ends = dates_of(draft)
    found = amounts(draft.amounts) if kind != GOAL else []
    if draft.mixed:
        mixed = phrase("x: " + draft.mixed, kind)
        found = found or ([mixed.amount] if mixed.amount else [])
        base = replace(
            base,
            setting=base.setting or mixed.setting,
            provider=base.provider or mixed.provider,
            starts=base.starts or mixed.starts,
            ends=base.ends or mixed.ends,
        )
    if kind in (ACCOMMODATION, MODIFICATION):
        # "Each direction", "all tests" in a column of frequencies is no amount of sessions.
        found = [each for each in found if each.per or each.minutes]
    if not found and base.amount:
        found = [base.amount]
    if kind == GOAL:
        draft = replace(draft, setting="", provider="", modes=[], subjects=[], detail="", area="")
    setting = place_text(draft.setting) or base.setting
    provider = role_text(draft.provider) or base.provider
    if provider is None and kind == SUPPORT and draft.is_row:
        provider = actor(f"{base.text}: {draft.detail}" if draft.detail else base.text, kind)
    out: list[ReadProvision] = []
    for amount in found or [Amount()]:
        text = base.text
        if draft.detail and not is_none(draft.detail):
            text = f"{text}: {chosen(draft.detail)}"
        if draft.area and kind == SERVICE and draft.area.lower() not in text.lower() and not is_none(draft.area):
            text = f"{text}, {draft.area}"
        modes = [*(modes_text(each) for each in draft.modes), amount.mode]
        fresh = [mode for mode in modes if mode and mode.lower() not in text.lower()]
        text = ", ".join([text, *dict.fromkeys(fresh)])
        if draft.subjects:
            text = f"{text} ({', '.join(tidy(spelled_out(each)) for each in draft.subjects)})"
        text = _final(text, child, kind)
        if not re.search(r"[^\W\d_]{2}", text):
            continue
        provider = provider if provider is None or len(provider) < 120 else None
        sure = _checked(draft.sureness, kind, text, amount, setting or amount.setting, provider, bool(starts or base.starts))
        is_bounded = (
            not (starts or base.starts)
            or not (ends or base.ends)
            or (starts or base.starts or date.min) <= (ends or base.ends or date.max)
        )
        out.append(
            ReadProvision(
                kind,
                text,
                quoted(draft.source, draft.quote[:LONGEST_TEXT]),
                None if amount.is_hedged else amount.minutes or None,
                None if amount.is_hedged else amount.times or None,
                None if amount.is_hedged else amount.per,
                tidy(spelled_out(amount.setting)) or setting,
                provider,
                (starts or base.starts) if is_bounded else None,
                (ends or base.ends) if is_bounded else None,
                sure,
            )
        )
    return out


# What a text still holds when its fields were not all understood.
_LEFT_OVER = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d+ ?(?:min(?:ute)?s?|hrs?|hours?|x|times)\b"
    r"|\b(?:frequency|location|provider"
    r"|duration|minutes|setting|date)\b *:|\?|:\s*$",
    re.IGNORECASE,
)
# Words that a form says more often than a promise does.
_LIKE_A_FORM = re.compile(
    r"\b(?:accommodations?|modifications|supports|services|aids) (?:that|which|will|are|is|must|may|should|for|needed|to be)\b"
    r"|\b(?:apply|applies|checked|marked|listed|indicated|described|determined|committee|iep team|following|duration)\b|=",
    re.IGNORECASE,
)


def _checked(
    sureness: float, kind: str, text: str, amount: Amount, setting: str | None, provider: str | None, has_dates: bool
) -> float:
    """How sure we are, after a look at what came out: words that should be fields, or a service of which nothing is said."""
    if kind == GOAL:
        return sureness if len(text.split()) > 3 else min(sureness, 0.6)
    if kind in (SERVICE, SUPPORT) and _LEFT_OVER.search(text):
        return min(sureness, 0.6)
    if kind == SERVICE and not (amount.says_something or ("transport" in text.lower() and (setting or has_dates))):
        return min(sureness, 0.7)
    if kind == SERVICE and (amount.minutes or amount.times) and not amount.per and not amount.is_hedged and amount.times != 1:
        # Minutes of which period: a column that was not understood.
        return min(sureness, 0.7)
    if kind in (ACCOMMODATION, MODIFICATION, SUPPORT) and _LIKE_A_FORM.search(text) and not setting and not amount.per:
        return min(sureness, 0.7)
    if (
        len(text.split()) > 40
        or text.endswith(":")
        or "?" in text
        or (provider and (":" in provider or len(provider.split()) > 9))
    ):
        return min(sureness, 0.7)
    return sureness


def _final(text: str, child: Child, kind: str) -> str:
    text = child.without(" ".join(text.replace("\u00ad", "").split()))
    if kind in (SERVICE, SUPPORT):
        text = PERSON.sub("", text)
    if kind != GOAL:
        text = spelled(text)
    text = (
        re.sub(r"^The\s+(?=[a-z])", "", text, flags=re.IGNORECASE)
        if kind != GOAL
        else re.sub(r"^(?:the )?student (?=will\b)", "", text, flags=re.IGNORECASE)
    )
    return tidy(text)[:LONGEST_TEXT]
