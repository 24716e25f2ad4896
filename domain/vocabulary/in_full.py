"""A text with the trade's abbreviations in full words."""

import re

from domain.vocabulary.abbreviations import ANY_CASE, AS_ROLE, CAPITALS, ROLES_ANYWHERE, UNITS, WORDS_TOO

_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,4}(?=\W|\Z)")
_TIMES = re.compile(r"\b(\d{1,3}) ?[xX](?=[\s/,;]|\Z)(?! ?\d)")
_SLASH_PER = re.compile(r" ?/ ?(?=(?:day|wk|week|mo|month|mth|yr|year|qtr|quarter|semester|session|trimester|hr|hour)s?\b)")
_NUMBER_BEFORE = re.compile(
    r"(?:(\d[\d.,/]*)|\b(one|an?|half|two|three|four|five|six|ten|fifteen|twenty|thirty|forty|forty-five|sixty))([\s-]{0,2})\Z"
)
_NEXT_IS_ROLE = re.compile(
    r"[\s.]{1,2}(?:teacher|tchr|assistant|asst|aide|specialist|instructor|therapist|provider|consultant|room|staff|para)",
    re.IGNORECASE,
)
_NEXT_IS_THING = re.compile(
    r"\s(?:rooms?|rm|sessions?|services?|office|goals?|evaluation|consult\w*|time|gym|space|equipment)\b", re.IGNORECASE
)
_WHO_ACTS = re.compile(r"\b(?:by|the|an?|from)\s{1,2}\Z", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"(?<![\w&])(?:"
    + "|".join(
        re.escape(each).replace(r"\ ", r"\s+")
        for each in sorted({*ANY_CASE, *UNITS, *CAPITALS, *AS_ROLE}, key=lambda each: (-len(each), each))
        if each not in ("1:1", "w/")
    )
    + r"|(?<!:)1:1(?![.:]?\d)|w/)(?:(?<=[./])|(?![\w&]))",
    re.IGNORECASE,
)
# The first pieces of all abbreviations: a text with none of them needs no search.
_PIECE = re.compile(r"[^\w&:]+")
_ABBREVIATED = frozenset(_PIECE.split(each.casefold())[0] for each in (*ANY_CASE, *UNITS, *CAPITALS, *AS_ROLE))


def spelled_out(text: str, *, as_role: bool = False) -> str:
    """The same with the trade's abbreviations in full words: "sped rm" is "special education room".

    `as_role`: the text says who acts ("PT" is the therapist, not the therapy).
    """
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    if as_role:
        whole = AS_ROLE.get(" ".join(text.casefold().split()).rstrip("."))
        if whole:
            return whole
    # In a text of capitals alone a capital says nothing.
    is_shouted = len(text) > 8 and text.isupper()
    text = _TIMES.sub(r"\1 times", text)
    text = _SLASH_PER.sub(" per ", text)

    def full(found: re.Match[str]) -> str:
        said = found[0]
        folded = said.casefold()
        if folded in UNITS:
            return _unit(text, found)
        if as_role and folded in ROLES_ANYWHERE and (role := AS_ROLE[folded]) and not _NEXT_IS_ROLE.match(text, found.end()):
            return role
        if (
            folded in ("ot", "pt")
            and _WHO_ACTS.search(text, max(0, found.start() - 6), found.start())
            and not _NEXT_IS_THING.match(text, found.end())
        ):
            return AS_ROLE[folded]
        if folded in ANY_CASE:
            full = ANY_CASE[folded]
            # "w/peers": the slash parts the words.
            return f"{full} " if said.endswith("/") and text[found.end() : found.end() + 1].strip() else full
        if said in CAPITALS and not (is_shouted and folded in WORDS_TOO):
            return CAPITALS[said]
        return said

    if _ABBREVIATED.isdisjoint(_PIECE.split(text.casefold())):
        return text
    return _ABBREVIATION.sub(full, text)


def _unit(text: str, found: re.Match[str]) -> str:
    """The unit in full, if one is meant: "30 min", "min/wk", but not "min. of 2"."""
    one, many = UNITS[found[0].casefold()]
    before = _NUMBER_BEFORE.search(text, max(0, found.start() - 14), found.start())
    if before:
        number, word, gap = before.groups()
        if gap == "-":
            return one
        is_one = number in ("1", "1.0") or word in ("one", "a", "an", "half")
        return one if is_one else many
    rest = text[found.end() : found.end() + 4].lstrip()
    if one == "minute" and rest[:3] in ("of ", "of"):
        return "minimum"
    # A bare "min" or "sec" in a row of figures; "per wk", "each mo".
    return many if one in ("minute", "second", "session") else one
