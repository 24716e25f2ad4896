"""From a draft to what a provision says, and how sure we are of it."""

import re
from dataclasses import replace

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
    kind, name = _kind_and_name(draft, child)
    if kind == GOAL:
        draft = replace(draft, setting="", provider="", modes=[], subjects=[], detail="", area="")
    base, found = _understood(draft, kind, name)
    setting = place_text(draft.setting) or base.setting
    provider = role_text(draft.provider) or base.provider
    if provider is None and kind == SUPPORT and draft.is_row:
        provider = actor(f"{base.text}: {draft.detail}" if draft.detail else base.text, kind)
    if provider is not None and len(provider) >= 120:
        provider = None
    starts, ends = dates_of(draft)
    starts, ends = starts or base.starts, ends or base.ends
    has_dates = bool(starts)
    if starts and ends and starts > ends:
        starts = ends = None
    out: list[ReadProvision] = []
    for amount in found or [Amount()]:
        text = _text(draft, base.text, amount, kind, child)
        if not re.search(r"[^\W\d_]{2}", text):
            continue
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
                starts,
                ends,
                _checked(draft.sureness, kind, text, amount, setting or amount.setting, provider, has_dates),
            )
        )
    return out


def _kind_and_name(draft: Draft, child: Child) -> tuple[str, str]:
    """Of which kind the promise is, and its name without the word for that and without the child's name."""
    own, name = own_kind(draft.name)
    if own != GOAL and draft.topic.kinds != (GOAL,):
        name = child.without(name)
    is_own = own in draft.topic.kinds or not draft.topic.kinds or own in (MODIFICATION, ACCOMMODATION)
    kind = own if own and is_own else kind_of(draft.topic, draft.name)
    return kind, draft.name if own and own != kind and len(name) < 3 else name


def _understood(draft: Draft, kind: str, name: str) -> tuple[Phrase, list[Amount]]:
    """The name taken apart, and the amounts of the row or, where it has none, of the name."""
    is_help = kind in (ACCOMMODATION, MODIFICATION)
    base = Phrase(name)
    if kind in (SERVICE, SUPPORT) and not (draft.is_row and draft.amounts):
        base = phrase(name, kind)
    elif is_help and (not draft.is_row or written_dates(name)):
        base = item(name)
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
    if is_help:
        # "Each direction", "all tests" in a column of frequencies is no amount of sessions.
        found = [each for each in found if each.per or each.minutes]
    return base, found or ([base.amount] if base.amount else [])


def _text(draft: Draft, name: str, amount: Amount, kind: str, child: Child) -> str:
    """The promise in words: its name, and what the other columns add to it."""
    text = name
    if draft.detail and not is_none(draft.detail):
        text = f"{text}: {chosen(draft.detail)}"
    if draft.area and kind == SERVICE and draft.area.lower() not in text.lower() and not is_none(draft.area):
        text = f"{text}, {draft.area}"
    modes = [*(modes_text(each) for each in draft.modes), amount.mode]
    fresh = [mode for mode in modes if mode and mode.lower() not in text.lower()]
    text = ", ".join([text, *dict.fromkeys(fresh)])
    if draft.subjects:
        text = f"{text} ({', '.join(tidy(spelled_out(each)) for each in draft.subjects)})"
    return _final(text, child, kind)


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
