"""What a new password may not be (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5, 6.2): common, or a word of one's own.

Its length is the schema's business. Nothing is asked of its characters: such rules make worse passwords.
"""

from collections.abc import Iterable
from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from domain.refusal import Invalid

OUR_WORDS = ("followthrough", "follow-through", "follow through")
# What people hang on a word to make it look like a password.
TRIMMINGS = "0123456789!?.,-_*#$@ "


class PasswordCommon(Invalid):
    """A password that others try first."""


def must_not_be_common(password: str, own_words: Iterable[str] = (), *, pointer: str = "/password") -> None:
    """Raises `PasswordCommon` for one of the passwords that are tried first, and for the person's or our own names."""
    typed = password.casefold()
    names = (*own_words, *OUR_WORDS)
    own = {word.casefold() for name in names for word in (name, *name.split()) if len(word) > 2}
    if typed in _common() or typed.strip(TRIMMINGS) in own or typed in own:
        detail = "Too many people use this password, or it is a name of yours. A sentence makes a good one."
        raise PasswordCommon(detail, [{"pointer": pointer, "detail": detail}])


@cache
def _common() -> frozenset[str]:
    """The passwords most seen in leaks, in lower case: 30,000 of them."""
    return frozenset(FREQUENCY_LISTS["passwords"])
