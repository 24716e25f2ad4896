"""Compensatory claims: the minutes that families have asked back, as they asked for them."""

from typing import Any
from uuid import UUID

from api.case import taken_up
from api.copy_lines import today
from api.doors import StaffDoor
from api.verbs import add, caller, find
from api.withdrawn import withdrawn
from models.case import Case
from models.communication import Communication
from models.compensatory_claim import COMPENSATORY_CLAIMS, CompensatoryClaim
from models.iep_version import IepVersion
from models.letter import Letter
from models.proceeding import Proceeding
from models.provision import Provision
from schemas.compensatory_claim import CompensatoryClaimQuery, CompensatoryClaimSchema
from schemas.withdrawn import WithdrawSchema

compensatory_claims = StaffDoor(
    "compensatory-claims",
    __name__,
    "/compensatory-claims",
    description="Minutes that families have asked back, as they asked for them.",
)
# In what it was claimed.
_WRITINGS: dict[str, type[Communication | Letter | Proceeding]] = {
    "communication_id": Communication,
    "letter_id": Letter,
    "proceeding_id": Proceeding,
}


@compensatory_claims.route("")
@compensatory_claims.listing(COMPENSATORY_CLAIMS, CompensatoryClaimSchema, CompensatoryClaimQuery)
def list_compensatory_claims() -> None:
    """Compensatory claims

    The latest recorded first, by case, student or provision; those that were withdrawn too.
    """


@compensatory_claims.route("", methods=["POST"])
@compensatory_claims.arguments(CompensatoryClaimSchema)
@compensatory_claims.response(201, CompensatoryClaimSchema)
def record_compensatory_claim(said: dict[str, Any]) -> CompensatoryClaim:
    """Record what a family has claimed

    How many minutes of which support, when, for which time, in which writing. They are the family's: nothing here works out how
    many it ought to be.
    """
    case = taken_up(find(Case, said.pop("case_id")))
    provision = find(Provision, said.pop("provision_id"))
    writings = {name: find(model, said[name]) for name, model in _WRITINGS.items() if said.get(name)}
    claim = CompensatoryClaim.record(
        case=case,
        provision=provision,
        version=find(IepVersion, provision.iep_version_id),
        writings=writings,
        by=caller().staff_id,
        today=today(),
        **said,
    )
    return add(claim)


@compensatory_claims.route("/<uuid:compensatory_claim_id>")
@compensatory_claims.response(200, CompensatoryClaimSchema)
def show_compensatory_claim(compensatory_claim_id: UUID) -> CompensatoryClaim:
    """A compensatory claim"""
    return find(CompensatoryClaim, compensatory_claim_id)


@compensatory_claims.route("/<uuid:compensatory_claim_id>/withdraw", methods=["POST"], role="advocate")
@compensatory_claims.arguments(WithdrawSchema)
@compensatory_claims.response(200, CompensatoryClaimSchema)
def withdraw_compensatory_claim(said: dict[str, Any], compensatory_claim_id: UUID) -> CompensatoryClaim:
    """Withdraw a compensatory claim

    It stays, with the reason, and is no more among what is claimed. One that was withdrawn already: 409.
    """
    return withdrawn(CompensatoryClaim, compensatory_claim_id, said["because"])
