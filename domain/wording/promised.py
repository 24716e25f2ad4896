"""The wording of a provision: its text, and what its fields say besides.

Where the form has columns for minutes, place and provider, the text need not repeat them: nobody can say that they are
missing.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.wording import OwnTerm, Wording, weigh

STATED = ("clear", "not_applicable")


def weigh_promised(
    text: str,
    kind: str | None,
    own_terms: Sequence[OwnTerm] = (),
    *,
    frequency: str | None = None,
    setting: str | None = None,
    provider_role: str | None = None,
) -> Wording:
    """How a provision is worded. What the text leaves open and a field says is as said; findings are of the text alone.

    `frequency` is the amount in words ("30 minutes, 2 times per week"). Raises OtherLanguage.
    """
    alone = weigh(text, kind, own_terms)
    says = alone.elements
    is_amount_open = says["when"] not in STATED or says["how"] not in STATED
    facts = [
        *([frequency] if frequency and is_amount_open else []),
        *([setting] if setting and says["where"] != "clear" else []),
        *([provider_role] if provider_role and says["who"] != "clear" else []),
    ]
    if not facts:
        return alone
    words = text.rstrip().rstrip(".;,:").rstrip()
    whole = weigh(f"{words}{', ' if ':' in words else ': '}{', '.join(facts)}", kind, own_terms)
    return replace(whole, findings=tuple(finding for finding in whole.findings if finding.end <= len(words)))
