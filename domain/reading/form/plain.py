"""A heading or label by its words alone."""

import re
from functools import lru_cache

LONGEST_HEADING = 160
_NUMBERING = re.compile(
    r"^\W*(?:(?:section|part|page|step|item|box|area|form|q|question|component)\s{0,2}#?\s{0,2})?"
    r"(?:\d{1,2}(?:\.\d{1,2}){0,2}|[ivx]{1,5}|[a-z])(?:\s?[.):\-–—]{1,2}\s+|[.):])(?=\S)",
    re.IGNORECASE,
)
_WORDED_NUMBERING = re.compile(
    r"^\W*(?:section|part|step)\s+(?:\d{1,2}|[ivx]{1,5}|[a-z])(?:\s?[.:)\-–—]{1,2}\s*|\s+)(?=\S)", re.IGNORECASE
)
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LAW = re.compile(r"\b(?:34\s*)?c\.?f\.?r\.?\s*(?:§+|part)?\s*[\d.()a-z]+|§+\s*[\d.()a-z]+", re.IGNORECASE)


@lru_cache(4096)
def plain(text: str) -> str:
    """A heading without its number, brackets and marks, in lower case."""
    text = text[: LONGEST_HEADING * 2].strip()
    text = _NUMBERING.sub("", _NUMBERING.sub("", _WORDED_NUMBERING.sub("", text)))
    text = _PARENTHESES.sub(" ", _LAW.sub(" ", text)).lower()
    text = text.replace("’", "'").replace("&", " and ").replace("_", " ").replace("\u00ad", "")
    return " ".join(re.sub(r"[^a-z0-9'/%?#+.\- ]+", " ", text).split()).strip(" .-/")
