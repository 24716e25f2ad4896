"""IEP versions: recorded as drafts, put in force, superseded."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, caller, find, now, work
from models.iep_version import IEP_VERSIONS, LAST_NUMBER, IepVersion
from models.provision import Provision
from models.student import Student
from schemas.iep_version import IepVersionChange, IepVersionQuery, IepVersionSchema

iep_versions = StaffDoor("iep-versions", __name__, "/iep-versions", description="The IEP of a student, version by version.")


@iep_versions.route("")
@iep_versions.listing(IEP_VERSIONS, IepVersionSchema, IepVersionQuery)
def list_iep_versions() -> None:
    """IEP versions

    Newest first, by student or state.
    """


@iep_versions.route("", methods=["POST"])
@iep_versions.arguments(IepVersionSchema)
@iep_versions.response(201, IepVersionSchema)
def draft_iep_version(said: dict[str, Any]) -> IepVersion:
    """Record an IEP version

    As a draft with the student's next number, with its provisions if they are given. It counts when it is put in force.
    """
    promised = said.pop("provisions", [])
    # Whoever records a version holds the student's row, so that numbers have no gaps and nobody's is taken twice.
    student = find(Student, said["student_id"], lock=True)
    number = work().rows(LAST_NUMBER, student_id=student.id)[0].number + 1
    version = IepVersion.draft(number=number, **said)
    return add(version, [Provision.promise(version, **provision) for provision in promised])


@iep_versions.route("/<uuid:iep_version_id>")
@iep_versions.response(200, IepVersionSchema)
def show_iep_version(iep_version_id: UUID) -> IepVersion:
    """An IEP version

    Its provisions are at `/provisions?iep_version_id=`.
    """
    return find(IepVersion, iep_version_id)


@iep_versions.route("/<uuid:iep_version_id>", methods=["PATCH"], problems=["immutable"])
@iep_versions.arguments(IepVersionChange)
@iep_versions.response(200, IepVersionSchema)
def change_iep_version(said: dict[str, Any], iep_version_id: UUID) -> IepVersion:
    """Change a draft

    409 `immutable` once the version has been in force.
    """
    version = find(IepVersion, iep_version_id)
    version.edit(**said)
    return version


@iep_versions.route("/<uuid:iep_version_id>/activate", methods=["POST"])
@iep_versions.response(200, IepVersionSchema)
def activate_iep_version(iep_version_id: UUID) -> IepVersion:
    """Put a version in force

    The version that was in force is superseded in the same moment. From now on neither can be edited.
    """
    version = find(IepVersion, iep_version_id)
    in_force = work().all(IepVersion.in_force(find(Student, version.student_id, lock=True).id))
    version.activate(instead_of=in_force, by=caller().staff_id, now=now())
    return version
