"""The house's way to write a promise: tidy, abbreviations spelled out, no person's name."""

import re

from domain.reading.form.marks import chosen, is_empty, is_none
from domain.vocabulary import all_roles, all_services, all_settings, spelled_out

PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?,?\s*")
EDGES = " \t\n.,;:–—-•*|"
WAY = re.compile(
    r"\b(?:individual(?:ly)?|(?:small[- ]|large[- ])?group(?: of \w+(?: to \w+)?)?|1:\d|one[- ]on[- ]one"
    r"|one[- ]to[- ]one|direct|indirect|consult(?:ation|ative)?|push[- ]?in|pull[- ]?out|"
    r"co[- ]?taught|co-?teaching|integrated|collaborative|monitoring|in class|out of class)\b",
    re.IGNORECASE,
)
_MODE_LETTERS = {
    "i": "individual",
    "g": "group",
    "d": "direct",
    "c": "consult",
    "ind": "individual",
    "grp": "group",
    "indiv": "individual",
    "ig": "individual and group",
    "i/g": "individual and group",
}


def tidy(text: str) -> str:
    """Words without stray marks around them, in the house's case: as in the middle of a sentence."""
    text = " ".join(text.replace("\u00ad", "").split()).strip(EDGES)
    text = re.sub(r"\s+([,;.)])", r"\1", re.sub(r"\(\s*\)|\[\s*\]", " ", text))
    text = re.sub(r"([,;])(?:\s*[,;])+", r"\1", text)
    if text.count("(") != text.count(")"):
        text = text.strip("()") if text.startswith("(") or text.endswith(("(", ")")) else text
    return lowered(" ".join(text.split()).strip(" ,;:–—-•*|")).rstrip(".")


def lowered(text: str) -> str:
    """A first capital, capitals alone and the capitals of a title made small; abbreviations and names stay."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 5 and all(char.isupper() for char in letters):
        return text.lower()
    words = re.findall(r"[A-Za-z][\w'’]*", text)
    if (
        len(words) > 1
        and all(word[0].isupper() for word in words if len(word) > 3)
        and (all_services(text) or all_settings(text) or all_roles(text))
    ):
        return re.sub(r"\b[A-Z][a-z’']+\b", lambda match: match.group(0).lower(), text)
    if len(text) > 1 and text[0].isupper() and (text[1].islower() or text[1] == " "):
        return text[0].lower() + text[1:]
    return text


def role_text(text: str) -> str | None:
    """Who does it, in the words of a column of providers: no person's name."""
    text = chosen(text)
    if is_empty(text) or is_none(text):
        return None
    said = PERSON.sub("", " ".join(text.replace("\n", ", ").split()))
    said = re.sub(r"^\W*(?:provided |delivered )?(?:by|from)?\s*(?:the )\b", "", said, flags=re.IGNORECASE).strip(EDGES)
    said = spelled_out(said, as_role=True)
    roles = all_roles(said)
    if (
        roles
        and re.search(r"^[A-Z][\w'’-]+ [A-Z][\w'’-]+,|[,(] ?[A-Z][\w'’-]+ [A-Z][\w'’-]+\)?$", said)
        and (roles[0][1] > 0 or roles[-1][2] < len(said))
    ):
        said = said[roles[0][1] : roles[-1][2]]
    return tidy(said)[:200] or None


def place_text(text: str) -> str | None:
    """Where it is given, in the words of a column of places."""
    text = chosen(text)
    if is_empty(text) or is_none(text):
        return None
    said = re.sub(r"^\W*(?:in|at) (?:the )?", "", " ".join(text.replace("\n", ", ").split()), flags=re.IGNORECASE)
    return tidy(spelled(said))[:300] or None


def spelled(text: str) -> str:
    """Abbreviations spelled out; a text in capitals alone comes out in small letters."""
    letters = [char for char in text if char.isalpha()]
    full = spelled_out(text)
    return full.lower() if len(letters) > 5 and all(char.isupper() for char in letters) else full


def modes_text(text: str) -> str:
    """Individual or group, direct or consult, from a column of such."""
    text = chosen(text).strip()
    if is_empty(text) or is_none(text):
        return ""
    return _MODE_LETTERS.get(text.lower().strip("."), tidy(spelled_out(text)))
