"""An e-mail address, and the identity by which two spellings of it are the same person's."""

from email_validator import EmailNotValidError, validate_email

from domain.refusal import Refusal

MOST_CHARACTERS = 254


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
    return found.normalized


def ascii_form(address: str) -> str:
    """The address with its domain in ASCII (IDNA): as every mail server takes it."""
    return str(validate_email(normalized(address), check_deliverability=False).ascii_email)


def identity(address: str) -> str:
    """What addresses are compared by: upper and lower case are the same, in the local part too; nothing else is folded."""
    return normalized(address).casefold()
