"""Provisions: what an IEP version promises, support by support."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, find, listed, practice, work
from api.wording_check import with_wording
from models.delivered import Delivered, must_be_shown, of_provision
from models.iep_version import IepVersion
from models.provision import PROVISIONS, SUPPORTS_OF, Provision, must_be_supports
from schemas.base import page_of
from schemas.delivered import DeliveryQuery, ProvisionDeliverySchema
from schemas.provision import ProvisionChange, ProvisionQuery, ProvisionSchema

provisions = StaffDoor("provisions", __name__, "/provisions", description="What an IEP promises, support by support.")


@provisions.route("")
@provisions.arguments(ProvisionQuery, location="query")
@provisions.response(200, page_of(ProvisionSchema))
def list_provisions(asked: dict[str, Any]) -> dict[str, Any]:
    """Provisions

    Newest first, by version, kind or support; each with the wording of its text.
    """
    limit, cursor = asked.pop("limit"), asked.pop("cursor", None)
    page = listed(PROVISIONS, asked, limit, cursor)
    return {**page, "items": [with_wording(row._asdict()) for row in page["items"]]}


@provisions.route("", methods=["POST"], problems=["immutable"])
@provisions.arguments(ProvisionSchema)
@provisions.response(201, ProvisionSchema)
def create_provision(said: dict[str, Any]) -> dict[str, Any]:
    """Add a provision to a draft

    Its amount as fields, or as `frequency` in plain words. 409 `immutable` once the version has been in force.
    """
    version = find(IepVersion, said.pop("iep_version_id"), lock=True)
    must_be_known(version.student_id, {"/support_id": said.get("support_id")})
    return _shown(add(Provision.promise(version, **said)))


@provisions.route("/<uuid:provision_id>")
@provisions.response(200, ProvisionSchema)
def show_provision(provision_id: UUID) -> dict[str, Any]:
    """A provision

    With the wording of its text, and the ETag of its version.
    """
    return _shown(find(Provision, provision_id))


@provisions.route("/<uuid:provision_id>", methods=["PATCH"], problems=["immutable"])
@provisions.arguments(ProvisionChange)
@provisions.response(200, ProvisionSchema)
def change_provision(said: dict[str, Any], provision_id: UUID) -> dict[str, Any]:
    """Change a provision of a draft

    409 `immutable` once the version has been in force.
    """
    provision = find(Provision, provision_id)
    version = find(IepVersion, provision.iep_version_id, lock=True)
    if said.get("support_id") != provision.id:
        must_be_known(version.student_id, {"/support_id": said.get("support_id")})
    provision.edit(version, **said)
    work().flush()
    return _shown(provision)


@provisions.route("/<uuid:provision_id>", methods=["DELETE"], problems=["immutable"])
@provisions.response(204)
def delete_provision(provision_id: UUID) -> None:
    """Take a provision out of a draft

    What was read wrongly, or is promised no more. 409 `immutable` once the version has been in force.
    """
    provision = find(Provision, provision_id)
    find(IepVersion, provision.iep_version_id, lock=True).must_be_draft()
    work().delete(provision)


@provisions.route("/<uuid:provision_id>/delivery")
@provisions.arguments(DeliveryQuery, location="query")
@provisions.response(200, ProvisionDeliverySchema)
def show_delivery(asked: dict[str, Any], provision_id: UUID) -> Delivered:
    """What was promised of a provision, and what was given

    Minutes owed by the school calendar, delivered by the service log, made up, short and by what; in all, by week, by month
    and period by period, with the rule in words. The support counts through all versions of the IEP, each with its own minutes
    in its own time. Where the log and what was said do not go together, both are shown. General information, not legal advice.
    """
    window = asked.get("from_on"), asked.get("to_on")
    found = of_provision(work(), find(Provision, provision_id), practice(), *window)
    must_be_shown(*window, found)
    return found


def must_be_known(student_id: UUID, named: Mapping[str, UUID | None]) -> None:
    """Refuses a support that no version of the student's IEP has: `named` by pointer."""
    if any(named.values()):
        must_be_supports(named, (row.support_id for row in work().rows(SUPPORTS_OF, student_id=student_id)))


def _shown(provision: Provision) -> dict[str, Any]:
    known = vars(provision)
    # A row that is new was not read, so what is read with it is missing.
    return with_wording(known if "wording_terms" in known else {**known, "wording_terms": practice().wording_terms})
