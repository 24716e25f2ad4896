"""Provisions: what an IEP version promises, support by support."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, find
from models.iep_version import IepVersion
from models.provision import PROVISIONS, Provision
from schemas.provision import ProvisionChange, ProvisionQuery, ProvisionSchema

provisions = StaffDoor("provisions", __name__, "/provisions", description="What an IEP promises, support by support.")


@provisions.route("")
@provisions.listing(PROVISIONS, ProvisionSchema, ProvisionQuery)
def list_provisions() -> None:
    """Provisions

    Newest first, by version or kind.
    """


@provisions.route("", methods=["POST"], problems=["immutable"])
@provisions.arguments(ProvisionSchema)
@provisions.response(201, ProvisionSchema)
def create_provision(said: dict[str, Any]) -> Provision:
    """Add a provision to a draft

    409 `immutable` once the version has been in force.
    """
    version = find(IepVersion, said.pop("iep_version_id"), lock=True)
    return add(Provision.promise(version, **said))


@provisions.route("/<uuid:provision_id>")
@provisions.response(200, ProvisionSchema)
def show_provision(provision_id: UUID) -> Provision:
    """A provision

    With the ETag of its version.
    """
    return find(Provision, provision_id)


@provisions.route("/<uuid:provision_id>", methods=["PATCH"], problems=["immutable"])
@provisions.arguments(ProvisionChange)
@provisions.response(200, ProvisionSchema)
def change_provision(said: dict[str, Any], provision_id: UUID) -> Provision:
    """Change a provision of a draft

    409 `immutable` once the version has been in force.
    """
    provision = find(Provision, provision_id)
    provision.edit(find(IepVersion, provision.iep_version_id, lock=True), **said)
    return provision
