"""Students: the children whose IEPs these are."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, change, find, practice, work
from models.client import Client
from models.delivered import StudentDelivered, must_be_shown, of_student
from models.school_calendar import DistrictCalendar
from models.student import STUDENTS, Student, StudentClient
from schemas.delivered import DeliveryQuery, StudentDeliverySchema
from schemas.student import StudentChange, StudentQuery, StudentSchema

students = StaffDoor("students", __name__, "/students", description="The children.")


@students.route("")
@students.listing(STUDENTS, StudentSchema, StudentQuery)
def list_students() -> None:
    """Students

    Newest first; `client_id` gives those for whom a client speaks.
    """


@students.route("", methods=["POST"])
@students.arguments(StudentSchema)
@students.response(201, StudentSchema)
def create_student(said: dict[str, Any]) -> Student:
    """Add a student

    With the clients who speak for the child.
    """
    clients = [find(Client, client_id) for client_id in said.pop("client_ids")]
    _calendar(said)
    student = Student(**said)
    return add(student, student.spoken_for_by(clients))


@students.route("/<uuid:student_id>")
@students.response(200, StudentSchema)
def show_student(student_id: UUID) -> Student:
    """A student

    With the ids of the clients who speak for the child.
    """
    return find(Student, student_id)


@students.route("/<uuid:student_id>", methods=["PATCH"])
@students.arguments(StudentChange)
@students.response(200, StudentSchema)
def change_student(said: dict[str, Any], student_id: UUID) -> Student:
    """Change a student

    `client_ids`, when named, replaces all of them. Another `school_calendar_id` moves no deadline by itself.
    """
    student = find(Student, student_id)
    _calendar(said)
    if client_ids := said.pop("client_ids", None):
        clients = [find(Client, client_id) for client_id in client_ids]
        work().execute(StudentClient.of(student_id))
        work().add(student.spoken_for_by(clients))
        student.updated_at = work().now
    return change(student, said)


@students.route("/<uuid:student_id>/delivery")
@students.arguments(DeliveryQuery, location="query")
@students.response(200, StudentDeliverySchema)
def show_delivery_to_student(asked: dict[str, Any], student_id: UUID) -> StudentDelivered:
    """Everything that is promised to a student, and what was given

    Each support of the IEP once, with its sums; direct time and consultation apart; what cannot be counted in minutes with the
    reason. Without a window, from the first day of what is in force up to today. General information, not legal advice.
    """
    window = asked.get("from_on"), asked.get("to_on")
    found = of_student(work(), find(Student, student_id), practice(), *window)
    must_be_shown(*window, found)
    return found


def _calendar(said: dict[str, Any]) -> None:
    """Nobody deletes the school calendar that is named here meanwhile."""
    if named := said.get("school_calendar_id"):
        find(DistrictCalendar, named, lock=True)
