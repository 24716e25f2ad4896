"""Whom something is said to, or by: the school, those who work with the child, the family; and whose silence counts
(DOMAIN section 3)."""

from collections.abc import Collection

from domain.refusal import FieldError, Invalid

PARTIES = ("team", "teacher", "client", "other")
# Whose silence is chased.
CHASED_PARTIES = ("team", "teacher")
# Who works with the child: who teaches, and who gives a service (34 CFR 300.321(a)(2), (3)).
TEACHERS = ("general_education_teacher", "special_education_teacher", "related_service_provider")


def party_of(roles: Collection[str]) -> str:
    """Which party speaks, by the roles in the IEP team of whoever does."""
    return "teacher" if any(role in TEACHERS for role in roles) else "team" if roles else "other"


def is_asked(party: str, role: str) -> bool:
    """Whether somebody of the team with this role is asked where this party is, so that their silence counts."""
    return party == "team" or (party == "teacher" and role in TEACHERS)


def must_be_addressed(party: str, roles: Collection[str], *, to_family: bool) -> None:
    """Refuses a mail to a party of which it names nobody; `roles` are those of the team whom it goes to, and who speak for the
    school; the family is who the client is, and who else speaks for the child. Copies may go to anybody. Raises `Invalid`."""
    if party == "client" and not to_family:
        at, detail = "/to_client", "A mail to the client goes to the family: set to_client, or name a parent of the team."
    elif party == "team" and not roles:
        at, detail = "/team_member_ids", "A mail to the team names somebody of it who speaks for the school."
    elif party == "teacher" and not any(is_asked(party, role) for role in roles):
        at, detail = "/team_member_ids", f"A mail to a teacher names one of the team: {', '.join(TEACHERS)}."
    else:
        return
    raise Invalid(detail, [FieldError(pointer=at, detail=detail)])
