"""Who gives it and where: a piece that says nothing else, or the words of a sentence."""

import re
from collections.abc import Sequence

from domain.reading.form.topic import SERVICE, SUPPORT
from domain.reading.promise.wording import WAY, tidy
from domain.vocabulary import Role, all_roles, all_settings, spelled_out

_PLACE_NOUN = re.compile(
    r"\b(?:room|site|building|center|lab|office|library|gym|gymnasium|suite|clinic|cafeteria|campus|store|shop|kitchen"
    r"|pool|hall|court|garden|pod|wing|den|corner|commons|annex|trailer|portable|nook|studio|theater|stage|porch|table|community|playground|environment|setting)\W*$",
    re.IGNORECASE,
)
ROLE_NOUN = re.compile(
    r"\b(?:teacher|specialist|therapist|pathologist|counselor|psychologist|nurse|aide|assistant|coach|interpreter"
    r"|instructor|coordinator|consultant|technician|"
    r"paraprofessional|audiologist|mentor|monitor|trainer|worker|provider|teachers|specialists|therapists)\W*$",
    re.IGNORECASE,
)


def only_says(words: str) -> tuple[str | None, str | None, str | None]:
    """Whether a piece is nothing but a place, a role, or a way of giving; each in its words."""
    inner = re.sub(
        r"^(?:in|at|by|from|with|provided by|delivered by|location|setting|provider|where|who)[\s:]+(?:the |an? )?",
        "",
        words,
        flags=re.IGNORECASE,
    )
    if words.startswith("AT "):
        # Assistive technology, not "at".
        inner = words
    full = spelled_out(inner)
    as_role = spelled_out(inner, as_role=True)
    if WAY.fullmatch(inner.strip()):
        return None, None, full.lower()
    if (roles := all_roles(as_role)) and _covers(as_role, [(start, end) for _, start, end in roles]):
        return None, tidy(as_role), None
    if (places := all_settings(full)) and _covers(full, [(start, end) for _, start, end in places]):
        return tidy(full), None, None
    short = len(inner.split()) <= 4 and not re.search(r"\d{2}|\b(?:and|or|for|to|of|with|skills?|training)\b", inner)
    if re.fullmatch(
        r"(?:room|rm\.?|suite|building|bldg\.?|portable|lab|office|trailer) ?#?\d{1,4}[a-z]?", inner, re.IGNORECASE
    ):
        return tidy(full), None, None
    if short and _PLACE_NOUN.search(inner):
        return tidy(full), None, None
    if short and ROLE_NOUN.search(as_role):
        return None, tidy(as_role), None
    if (
        re.match(r"(?:in|at|location|setting)\b", words, re.IGNORECASE)
        and len(inner.split()) <= 5
        and not re.search(r"\b(?:and|or|will|group)\b", inner)
    ):
        return tidy(full), None, None
    return None, None, None


def _covers(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    rest = list(text)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return not re.sub(
        r"\b(?:and|or|the|a|an|of|in|with|school|certified|licensed|room|class|classroom|outside|building|special"
        r"|general|education|his|her|their|\d+)\b|\W+",
        "",
        "".join(rest),
        flags=re.IGNORECASE,
    )


def place_in(text: str) -> str | None:
    """Where a sentence says that it is given."""
    for _, start, end in all_settings(text):
        if re.match(r"(?:pull|push)", text[start:end], re.IGNORECASE):
            continue
        if re.match(r"(?:outside|out of|inside)\b", text[start:end], re.IGNORECASE):
            return tidy(spelled_out(text[start:end]))
        if re.search(
            r"\b(?:in|at|outside|outside of|within|inside|into)\s+(?:of )?(?:the |a |an |his |her )?$",
            text[:start],
            re.IGNORECASE,
        ):
            lead = re.search(r"\b(outside(?: of)?(?: the| a)?)\s+$", text[:start], re.IGNORECASE)
            number = re.match(r"\s+#?\d{1,4}[A-Za-z]?\b", text[end:])
            words = text[start:end] + (number.group(0) if number else "")
            return tidy(spelled_out((lead.group(1) + " " if lead else "") + words))
    found = re.search(
        r"\b((?:outside(?: of)?|out of) )?(?:in|at|outside|outside of|inside|within|out of) ((?:the |a |an |his |her "
        r"|their )?(?:(?!for\b|of\b|with\b|to\b|and\b|by\b|on\b|that\b|which\b)[\w'’/-]+ ){0,4}?(?:classroom|classrooms"
        r"|class|classes|room|lab|office|suite|center|centre|gym|gymnasium|"
        r"library|cafeteria|lunchroom|playground|clinic|building|setting|settings|environment|environments|community"
        r"|home|hallway|corner|area|pool|kitchen|auditorium|workshop|bus))\b",
        text,
        re.IGNORECASE,
    )
    if found:
        return tidy(spelled_out(re.sub(r"^(?:the|a|an|his|her|their) ", "", found.group(2), flags=re.IGNORECASE)))
    pull = re.search(r"\b(?:pull|push)[- ]?(?:out|in)\b", text, re.IGNORECASE)
    return tidy(pull.group(0)) if pull else None


_RECEIVES = re.compile(
    r"\b(?:teachers?|staff|personnel|student|paraprofessionals?|team|drivers?|aides?)\b.{0,40}?\b(?:gets?|receives?"
    r"|(?:is|are|be) (?:given|trained|provided|taught)|attends?|learns?|has|have)\b",
    re.IGNORECASE,
)


def actor(text: str, kind: str) -> str | None:
    """Who does it, in a sentence: who begins it and acts; else who stands after "by" or "from"."""
    full = spelled_out(text, as_role=False)
    roles = all_roles(full)
    if not roles:
        return None
    role, start, end = roles[0]
    is_received = bool(_RECEIVES.match(full))
    if (
        start <= 8
        and not is_received
        and re.match(r"(?:, (?:in|at) [\w ]{3,30},)?\s+(?:will|shall|\w+s\b(?! teacher))", full[end:])
    ):
        return _named(role, full[start:end])
    for role, start, end in roles:
        if re.search(r"\b(?:by|from|provided by)\s+(?:the |an? |his |her |their )?(?:\w+ )?$", full[:start], re.IGNORECASE):
            return _named(role, full[start:end])
        if kind == SERVICE and re.search(
            r"(?<!consult)(?<!consults)(?<!consultation)(?<!meet)(?<!meets)(?<!collaborate)(?<!work)(?<!share) with "
            r"(?:the |an? |his |her |their )?$",
            full[:start],
            re.IGNORECASE,
        ):
            return _named(role, full[start:end])
    if kind != SUPPORT or is_received:
        return None
    role, start, end = roles[0]
    if start > 25 or re.search(r"\b(?:to|for|with|of|between|among)\s+(?:the |an? |all )?$", full[:start], re.IGNORECASE):
        return None
    return _named(role, full[start:end])


def _named(role: Role, words: str) -> str:
    """The role in the document's words, or its full name where they are the end of that ("the nurse")."""
    return role.name if role.name.endswith(words.lower().strip()) else tidy(words)
