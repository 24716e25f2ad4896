"""An e-mail address, and the identity by which two spellings of it are the same person's."""

from email_validator import EmailNotValidError, validate_email

from domain.refusal import Refusal

MOST_CHARACTERS = 254
# Where anybody has an address: that two write from there says nothing of either. Some are in many countries (yahoo.co.uk).
_PROVIDERS = (
    "gmail googlemail yahoo ymail rocketmail hotmail outlook live msn icloud aol gmx protonmail proton zoho yandex hushmail"
)
_DOMAINS = (
    "me.com mac.com mail.com email.com inbox.com usa.com pm.me hey.com fastmail.com fastmail.fm tutanota.com tuta.com tuta.io "
    "mailfence.com comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net spectrum.net "
    "rr.com twc.com earthlink.net mindspring.com frontier.com frontiernet.net centurylink.net centurytel.net windstream.net "
    "optonline.net optimum.net juno.com netzero.net netzero.com suddenlink.net mchsi.com pacbell.net prodigy.net ameritech.net "
    "swbell.net snet.net q.com embarqmail.com cableone.net wowway.com t-mobile.com web.de mail.ru qq.com 163.com 126.com "
    "naver.com daum.net hanmail.net rediffmail.com"
)
_PUBLIC_NAMES, _PUBLIC_DOMAINS = frozenset(_PROVIDERS.split()), frozenset(_DOMAINS.split())


class EmailInvalid(Refusal, ValueError):
    """This is not one deliverable e-mail address."""


def normalized(address: str) -> str:
    """The address as it is written to: one, unquoted, at most 254 characters (RFC 5321). Raises `EmailInvalid`."""
    if len(address) > MOST_CHARACTERS:
        raise EmailInvalid("An e-mail address has at most 254 characters.")
    try:
        found = validate_email(address, check_deliverability=False, allow_quoted_local=False, allow_smtputf8=False)
    except EmailNotValidError as invalid:
        raise EmailInvalid(str(invalid)) from None
    if "=?" in found.local_part:
        # An encoded word (RFC 2047) is what mail programs read something else out of.
        raise EmailInvalid("An e-mail address has no =? before its @.")
    return found.normalized


def ascii_form(address: str) -> str:
    """The address with its domain in ASCII (IDNA): as every mail server takes it."""
    return str(validate_email(normalized(address), check_deliverability=False).ascii_email)


def identity(address: str) -> str:
    """What addresses are compared by: upper and lower case are the same, in the local part too; nothing else is folded."""
    return normalized(address).casefold()


def is_of_a_public_provider(address: str) -> bool:
    """Whether anybody can have an address at its domain, so that it says nothing of who writes from there."""
    labels = address.rpartition("@")[2].casefold().split(".")
    return labels[0] in _PUBLIC_NAMES or ".".join(labels[-2:]) in _PUBLIC_DOMAINS
