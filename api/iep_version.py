"""IEP versions: recorded as drafts, put in force, superseded."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Response

from api.copy_lines import opened_anew
from api.doors import StaffDoor
from api.provision import must_be_known
from api.verbs import add, caller, find, now, work
from api.wording_check import with_frequency
from api.wording_report import EXAMPLE_HTML, printed, weakest_first
from domain.changes import Owed, Promise, changes
from models.case import Case
from models.document import Document
from models.document_reading import DocumentReading
from models.iep_version import IEP_VERSIONS, LAST_NUMBER, IepVersion, IepVersionSeal, of_another_student
from models.provision import PROVISIONS_OF, Provision, amended, promises, same_supports
from models.student import Student
from schemas.iep_version import ChangesQuery, ChangesSchema, IepVersionChange, IepVersionQuery, IepVersionSchema
from schemas.wording import WordingReportSchema

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

    As a draft with the student's next number. Its provisions are those that are given; or those that were read in its document;
    or those of the version that it is based on. An amendment has those of the version that it amends, with what was read in
    its document in their place. It counts when it is put in force.
    """
    promised: list[dict[str, Any]] | None = said.pop("provisions", None)
    # Whoever records a version holds the student's row, so that numbers have no gaps and nobody's is taken twice.
    student = find(Student, said["student_id"], lock=True)
    in_force = work().all(IepVersion.in_force(student.id))
    document_id, based_on_id = said.get("document_id"), said.pop("based_on_id", None)
    read: list[dict[str, Any]] | None = None
    if document_id:
        reading = reading_of(student, document_id)
        if promised is None or "effective_from" not in said:
            dates, read = reading.accepted()
            said = {**dates, **said}
    based_on = find(IepVersion, based_on_id) if based_on_id else None
    if said.get("amended_on") and based_on is None:
        based_on = next(iter(in_force), None)
    number = work().rows(LAST_NUMBER, student_id=student.id)[0].number + 1
    version = IepVersion.draft(number=number, based_on=based_on, **said)
    if promised is None and read is not None and version.amended_on and based_on:
        # An amendment's document says what changes, and nothing of what stays.
        provisions = amended(version, provisions_of(based_on), read)
    elif promised is None and read is not None:
        provisions = [Provision.promise(version, **line) for line in read]
    elif promised is None:
        provisions = Provision.carried_over(version, provisions_of(based_on)) if based_on else []
    else:
        must_be_known(student.id, {f"/provisions/{n}/support_id": line.get("support_id") for n, line in enumerate(promised)})
        provisions = [Provision.promise(version, **provision) for provision in promised]
    goes_on(version, provisions, based_on or next(iter(in_force), None))
    return add(version, provisions)


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
    if said.get("document_id"):
        reading_of(find(Student, version.student_id), said["document_id"])
    in_force = work().all(IepVersion.in_force(version.student_id)) if said.get("amended_on") else []
    version.edit(amends=next(iter(in_force), None), **said)
    return version


@iep_versions.route("/<uuid:iep_version_id>/activate", methods=["POST"])
@iep_versions.response(200, IepVersionSchema)
def activate_iep_version(iep_version_id: UUID) -> IepVersion:
    """Put a version in force

    The version that was in force is superseded in the same moment. From now on neither can be edited, nor what they promise. An
    amendment takes that parent and agency have agreed to it (34 CFR 300.324(a)(4)), and every version that it has a provision:
    an empty one would leave the child with nothing (409). Everybody in the team must have a copy: the ledger of copies is
    opened anew.
    """
    version = find(IepVersion, iep_version_id)
    in_force = work().all(IepVersion.in_force(find(Student, version.student_id, lock=True).id))
    provisions = work().all(Provision.of(version.id))
    if version.state == "draft":
        goes_on(version, provisions, next(iter(in_force), None))
        # As long as it is a draft: once it is in force, the database gives its provisions to nobody to change.
        work().flush()
    version.activate(instead_of=in_force, promised=[vars(row) for row in provisions], by=caller().staff_id, now=now())
    work().flush()
    work().session.refresh(version, ["content_digest"])
    add(IepVersionSeal(iep_version_id=version.id, content_digest=version.content_digest))
    opened_anew(version, instead_of=in_force)
    return version


@iep_versions.route("/<uuid:iep_version_id>/wording")
@iep_versions.response(200, WordingReportSchema)
def report_wording(iep_version_id: UUID) -> dict[str, Any]:
    """The wording of a version

    Every provision with what is weak in it and what to ask, the weakest first; what is not in English is named and comes last.
    As a page that prints well: `wording.html`.
    """
    version = find(IepVersion, iep_version_id)
    return weakest_first(version, provisions_of(version))


@iep_versions.route("/<uuid:iep_version_id>/wording.html")
@iep_versions.example(EXAMPLE_HTML, "text/html")
@iep_versions.response(200)
def print_wording(iep_version_id: UUID) -> Response:
    """The wording of a version, to print

    The same as one page of HTML for the meeting, in English, with room for answers. The child is named by initials. It loads
    nothing and nothing in it runs, so that it can be kept as a file.
    """
    version = find(IepVersion, iep_version_id)
    return printed(version, weakest_first(version, provisions_of(version)))


@iep_versions.route("/<uuid:iep_version_id>/changes")
@iep_versions.arguments(ChangesQuery, location="query")
@iep_versions.response(200, ChangesSchema)
def list_changes(asked: dict[str, Any], iep_version_id: UUID) -> dict[str, Any]:
    """What changed since another version

    Every provision of both stands in exactly one change: weakened and removed first, then what changed, was strengthened,
    added, reworded, and what is as it was. Promises are compared, not spellings; minutes are given for a week and a month.
    """
    after, before = find(IepVersion, iep_version_id), find(IepVersion, asked["since"])
    if before.student_id != after.student_id:
        raise of_another_student("/since")
    found = changes(
        promises(provisions_of(before)),
        promises(provisions_of(after)),
        before_from=before.effective_from,
        after_from=after.effective_from,
    )
    counts = Counter(change.change for change in found)
    shown = [
        {
            **vars(change),
            "before": _one_side(change.before),
            "after": _one_side(change.after),
            "fields": list(change.fields),
            "minutes_before": _minutes(change.minutes_before),
            "minutes_after": _minutes(change.minutes_after),
        }
        for change in found
    ]
    return {"before_id": before.id, "after_id": after.id, "counts": counts, "items": shown}


def _one_side(promise: Promise | None) -> dict[str, Any] | None:
    row: Any = promise and promise.key
    return with_frequency(row._asdict()) if row else None


def _minutes(owed: Owed | None) -> dict[str, list[float]] | None:
    return {period: [round(float(end), 1) for end in ends] for period, ends in owed.items()} if owed else None


def reading_of(student: Student, document_id: UUID) -> DocumentReading:
    """What was read in a document of this student; nobody deletes it meanwhile."""
    document = find(Document, document_id, lock=True)
    if find(Case, document.case_id).student_id != student.id:
        raise of_another_student("/document_id")
    [reading] = work().all(DocumentReading.of(document.id))
    found: DocumentReading = reading
    return found


def provisions_of(version: IepVersion) -> list[Any]:
    return work().rows(PROVISIONS_OF, iep_version_id=version.id)


def goes_on(version: IepVersion, provisions: list[Provision], earlier: IepVersion | None) -> None:
    """Each of a draft's provisions that is a support of the earlier version is known as that support from now on."""
    if earlier is not None and earlier.id != version.id and provisions:
        dates = {"before_from": earlier.effective_from, "after_from": version.effective_from}
        same_supports(provisions_of(earlier), provisions, **dates)
