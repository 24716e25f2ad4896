"""Why a document cannot be read, whatever it is about."""

from domain.refusal import Refusal


class Unreadable(Refusal):
    """It is damaged, over the limits or takes too long; `reason` is for programs: unreadable, password, no-text."""

    def __init__(self, sentence: str, reason: str = "unreadable") -> None:
        super().__init__(sentence, reason=reason)
        self.reason = reason
