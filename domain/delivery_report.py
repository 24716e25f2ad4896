"""What a mail server reports of a mail on its way to somebody (RFC 3464)."""

from typing import Literal, NamedTuple

Outcome = Literal["hard", "soft", "delayed", "none"]
# How a mail came back: for good, or so that another try may help.
BOUNCES = ("hard", "soft")


class Report(NamedTuple):
    """One recipient's: the identities of their addresses, as it was written to and as it was forwarded; what became of the
    mail (`failed`, `delayed`, or that all is well), and why, as a status code of RFC 3463 ("5.1.1")."""

    recipients: tuple[str, ...]
    action: str
    status: str

    @property
    def outcome(self) -> Outcome:
        """What it means: it came back for good (class 5, or it does not say), it came back after tries of days (class 4), it
        is still tried, or nothing is wrong."""
        if self.action == "delayed":
            return "delayed"
        if self.action == "failed":
            return "soft" if self.status.startswith("4.") else "hard"
        return "none"

    def in_words(self) -> str:
        """A sentence for whoever wrote the mail. It names no address, and nothing that a server wrote freely."""
        code = f" ({self.status})" if self.status else ""
        return {
            "hard": f"It came back undelivered{code}.",
            "soft": f"It came back undelivered{code}; another try later may help.",
            "delayed": f"It is delayed{code}; mail servers still try.",
            "none": f"A mail server reports that it went on{code}.",
        }[self.outcome]
