"""What a complaint has to say (34 CFR 300.153(b), .508(b)), part by part, and what of it is not there yet."""

import unicodedata
from collections.abc import Mapping

from domain.proceedings.row import Part
from domain.refusal import FieldError
from domain.step import FactsInvalid

# Those that are a yes or a no; all others are words.
YES_OR_NO_PARTS = ("copy_to_school", "copy_to_other_party", "copy_to_state")


class ComplaintIncomplete(FactsInvalid):
    """The complaint lacks parts that the law asks for; `extra["errors"]` names each."""


def parts(kind: str, complaint: Mapping[str, object]) -> tuple[Part, ...]:
    """What a complaint of this kind has to say, of this child."""
    return tuple(part for part in PARTS[kind] if part.is_asked(complaint))


def missing(kind: str, complaint: Mapping[str, object]) -> tuple[Part, ...]:
    """The parts that are not there yet."""
    return tuple(part for part in parts(kind, complaint) if not _is_said(complaint.get(part.name)))


def must_be_complete(kind: str, complaint: Mapping[str, object]) -> None:
    """Raises ComplaintIncomplete, naming every part that the law asks for and that is not there."""
    lacking = missing(kind, complaint)
    if lacking:
        errors: list[FieldError] = [
            {"pointer": f"/complaint/{part.name}", "detail": f"{part.label} ({part.citation})"} for part in lacking
        ]
        names = ", ".join(part.name for part in lacking)
        raise ComplaintIncomplete(f"The complaint lacks {names}: add them, or say in incomplete_because why not.", errors)


def _is_said(value: object) -> bool:
    """Whether there is something to see in it."""
    return any(unicodedata.category(one)[0] not in "CZ" for one in value) if isinstance(value, str) else bool(value)


# The table.

_STATEMENT = Part(
    "statement",
    "That the agency did not meet a requirement of Part B of IDEA, and which one",
    "34 CFR 300.153(b)(1)",
)


def _child(*citations: str, unless: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """What both kinds of complaint say of one child."""
    name, address, school, homeless, problem, resolution = citations
    return (
        Part("child_name", "The child's name", name, unless=unless),
        Part("child_address", "The address where the child lives", address, unless=("is_homeless", *unless)),
        Part("school", "The school that the child attends", school, unless=unless),
        Part("homeless_contact", "For a homeless child: how to reach them", homeless, if_="is_homeless", unless=unless),
        Part("problem", "What the problem is, with the facts about it", problem, unless=unless),
        Part("proposed_resolution", "A resolution, as far as it is known and available at the time", resolution, unless=unless),
    )


PARTS: Mapping[str, tuple[Part, ...]] = {
    # The law asks for no form: it is voluntary, and a letter asks for it.
    "mediation": (),
    "state_complaint": (
        _STATEMENT,
        Part("facts", "The facts on which the statement rests", "34 CFR 300.153(b)(2)"),
        Part("signature", "Who signs it", "34 CFR 300.153(b)(3)"),
        Part("contact", "How to reach who signs it", "34 CFR 300.153(b)(3)"),
        *_child(
            "34 CFR 300.153(b)(4)(i)",
            "34 CFR 300.153(b)(4)(i)",
            "34 CFR 300.153(b)(4)(ii)",
            "34 CFR 300.153(b)(4)(iii)",
            "34 CFR 300.153(b)(4)(iv)",
            "34 CFR 300.153(b)(4)(v)",
            unless=("is_systemic",),
        ),
        Part("copy_to_school", "A copy goes to the school at the same time", "34 CFR 300.153(d)"),
    ),
    "due_process": (
        *_child(
            "34 CFR 300.508(b)(1)",
            "34 CFR 300.508(b)(2)",
            "34 CFR 300.508(b)(3)",
            "34 CFR 300.508(b)(4)",
            "34 CFR 300.508(b)(5)",
            "34 CFR 300.508(b)(6)",
        ),
        Part("facts", "The facts about the proposed or refused change", "34 CFR 300.508(b)(5)"),
        Part("copy_to_other_party", "It goes to the other party, and is confidential", "34 CFR 300.508(a)(1)"),
        Part("copy_to_state", "A copy goes to the state educational agency", "34 CFR 300.508(a)(2)"),
    ),
}
