"""Labels of a form that shows two wordings or two years side by side: the one that goes, the one that comes."""

import re

from domain.reading.form.plain import plain

_OLD = re.compile(
    r"\b(?:current(?:ly)?|previous(?:ly)?|old|existing|prior|before|original(?:ly)?|was|from|now (?:reads|says)|(?:reads"
    r"|says) now|currently (?:reads|says)|to be removed|deleted?|remove[ds]?|as written|former(?:ly)?|replac(?:ed|es)"
    r"|present|in place of|instead of|until now|struck|last (?:school )?year(?:'s)?|(?:plan|iep"
    r"|year) (?:that is )?(?:ending|expiring|ended)"
    r"|(?:ending|expiring) (?:plan|iep|year))\b"
)
_NEW = re.compile(
    r"\b(?:amend(?:ed|ment|ments)|new|revised|proposed|changed? to|after|to read|will read|shall read|updated?|added"
    r"|addition|add|replacement|replaced by|replaced with|instead|now will|change to|to|(?:this|next|coming"
    r"|new) (?:school )?year(?:'s)?"
    r"|(?:plan|iep|year) (?:that is )?(?:starting|beginning)|this (?:iep|plan)|next (?:iep|plan))\b"
)


def is_old(text: str) -> bool:
    """Whether a label of an amendment announces the wording that goes."""
    said = plain(text)
    return bool(_OLD.search(said)) and not re.search(r"\b(?:amended|new|revised|proposed|changed? to)\b", said)


def is_new(text: str) -> bool:
    """Whether a label of an amendment announces the wording that comes."""
    return bool(_NEW.search(plain(text))) and not is_old(text)


# "Last year", "This IEP", "Plan ending 10/18/2026": of a table that shows both side by side.
OF_A_YEAR = re.compile(
    r"(?:the )?(?:this|last|next|coming|new|old|current|previous|prior|former) (?:school )?(?:year|iep"
    r"|plan)(?:'s)?(?: [\d/ .-]+)?"
    r"|(?:the )?(?:plan|iep|year) (?:that is )?(?:ending|expiring|ended|starting|beginning)(?: (?:on )?[\w/ .-]{4,20})?"
    r"|before|after|now|old|new|until now|from now on"
)
