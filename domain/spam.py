"""What says that a message of a contact form is no person's. Nobody is asked to solve a puzzle."""

import re
from datetime import timedelta

# Nobody reads a form and fills it in within so many seconds; and no page lies open for so long.
SOONEST, LATEST = timedelta(seconds=3), timedelta(hours=24)
LEAST_WORDS = 3
_LINK = re.compile(r"(?:https?://|www\.)\S+|\[/?url[^\]\s]*\]|</?a\b[^<>]{0,500}>", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")


def why_spam(message: str, *, hidden: str, waited: timedelta | None) -> str | None:
    """Why it is taken for spam, in words; None for what a person wrote.

    `hidden` is what came in the field that people do not see, `waited` how long the form was open, if that is known.
    """
    if hidden:
        return "The field that people do not see was filled in."
    if waited is not None and waited < SOONEST:
        return "The form was sent as soon as it was there."
    if waited is not None and waited > LATEST:
        return "The form was a day old, or none of ours."
    if _LINK.search(message) and len(_WORD.findall(_LINK.sub(" ", message))) < LEAST_WORDS:
        return "It holds links and nothing else."
    return None
