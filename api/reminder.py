"""Reminders: what is due, and what becomes of it."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, caller, colleague, find, now
from models.case import Case
from models.reminder import BY_HAND, REMINDERS, Reminder
from schemas.reminder import CancellationSchema, CompletionSchema, ReminderQuery, ReminderSchema, SnoozeSchema

reminders = StaffDoor("reminders", __name__, "/reminders", description="What somebody has to do, and when.")


@reminders.route("")
@reminders.listing(REMINDERS, ReminderSchema, ReminderQuery)
def list_reminders() -> None:
    """Reminders

    By when they are due, the earliest first; by state, case, concern, communication, assignee, or due before an instant.
    """


@reminders.route("", methods=["POST"])
@reminders.arguments(ReminderSchema)
@reminders.response(201, ReminderSchema)
def create_reminder(said: dict[str, Any]) -> Reminder:
    """Make a reminder by hand

    When it comes due, its assignee gets a mail. What is past is due at once.
    """
    case = find(Case, said.pop("case_id"))
    assignee = colleague(said.pop("assignee_id", caller().staff_id))
    return add(Reminder.plan(case_id=case.id, assignee_id=assignee.id, key=BY_HAND, **said))


@reminders.route("/<uuid:reminder_id>")
@reminders.response(200, ReminderSchema)
def show_reminder(reminder_id: UUID) -> Reminder:
    """A reminder

    With the ETag of its version.
    """
    return find(Reminder, reminder_id)


@reminders.route("/<uuid:reminder_id>/complete", methods=["POST"])
@reminders.arguments(CompletionSchema)
@reminders.response(200, ReminderSchema)
def complete_reminder(said: dict[str, Any], reminder_id: UUID) -> Reminder:
    """Complete a reminder

    It is done. One that is done or cancelled already answers 409.
    """
    reminder = find(Reminder, reminder_id)
    reminder.complete(by=caller().staff_id, now=now(), **said)
    return reminder


@reminders.route("/<uuid:reminder_id>/snooze", methods=["POST"])
@reminders.arguments(SnoozeSchema)
@reminders.response(200, ReminderSchema)
def snooze_reminder(said: dict[str, Any], reminder_id: UUID) -> Reminder:
    """Snooze a reminder

    It comes due again, with another mail, at `until`.
    """
    reminder = find(Reminder, reminder_id)
    reminder.snooze(**said, now=now())
    return reminder


@reminders.route("/<uuid:reminder_id>/cancel", methods=["POST"])
@reminders.arguments(CancellationSchema)
@reminders.response(200, ReminderSchema)
def cancel_reminder(said: dict[str, Any], reminder_id: UUID) -> Reminder:
    """Cancel a reminder

    It will not come due; the reason is kept.
    """
    reminder = find(Reminder, reminder_id)
    reminder.cancel(by=caller().staff_id, now=now(), **said)
    return reminder
