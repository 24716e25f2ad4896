"""Direct time, or consultation for staff with the child absent: they are listed apart."""

from domain.changes.reading import terms

_CONSULT, _NOT_SAID = 0, 2


def is_consult(kind: str, text: str, setting: str | None = None) -> bool:
    """Whether a support is said to be given by consultation alone."""
    contact = terms(kind, text).contact
    return contact == _CONSULT or (contact == _NOT_SAID and setting is not None and terms(kind, setting).contact == _CONSULT)
