"""Reminders: what is due, and what becomes of it."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, caller, colleague, find, now, practice, work
from models.case import Case, CaseClosed
from models.communication import Communication
from models.delivery import asked_at
from models.message import MESSAGE_OF_OCCASION
from models.reminder import BY_HAND, REMINDERS, Reminder
from schemas.reminder import (
    CancellationSchema,
    CompletionSchema,
    FollowUpRecountSchema,
    ReassignmentSchema,
    RecountedFollowUpsSchema,
    ReminderQuery,
    ReminderSchema,
    SnoozeSchema,
)

reminders = StaffDoor("reminders", __name__, "/reminders", description="What somebody has to do, and when.")


@reminders.route("")
@reminders.listing(REMINDERS, ReminderSchema, ReminderQuery)
def list_reminders() -> None:
    """Reminders

    By when they are due, the earliest first; by state, case, concern, communication, assignee, or due before an instant.
    """


@reminders.route("", methods=["POST"], problems=["case-closed"])
@reminders.arguments(ReminderSchema)
@reminders.response(201, ReminderSchema)
def create_reminder(said: dict[str, Any]) -> Reminder:
    """Make a reminder by hand

    When it comes due, its assignee gets a mail. What is past is due at once. In a closed case nobody is reminded: 409.
    """
    # Held, as by whoever closes it: what is open then is all that rests.
    case = find(Case, said.pop("case_id"), lock=True)
    if case.state == "closed":
        raise CaseClosed("This case is closed: nobody is reminded of it.")
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

    It comes due again, with another mail, at `until`; the timeline of its case tells of it.
    """
    reminder = find(Reminder, reminder_id)
    add(reminder.snooze(**said, by=caller().staff_id, now=now()))
    return reminder


@reminders.route("/<uuid:reminder_id>/cancel", methods=["POST"])
@reminders.arguments(CancellationSchema)
@reminders.response(200, ReminderSchema)
def cancel_reminder(said: dict[str, Any], reminder_id: UUID) -> Reminder:
    """Cancel a reminder

    It will not come due; the reason is kept. Those by which we bring back what rests (`case_at_rest`, `mail_failed`) are ours:
    422.
    """
    reminder = find(Reminder, reminder_id)
    reminder.cancel(by=caller().staff_id, now=now(), **said)
    return reminder


@reminders.route("/<uuid:reminder_id>/reassign", methods=["POST"])
@reminders.arguments(ReassignmentSchema)
@reminders.response(200, ReminderSchema)
def reassign_reminder(said: dict[str, UUID], reminder_id: UUID) -> Reminder:
    """Give a reminder to somebody else

    From now on it is theirs. One that has come due is mailed to them, unless it was already.
    """
    reminder = find(Reminder, reminder_id)
    heir = colleague(said["assignee_id"])
    was = reminder.assignee_id
    reminder.reassign(to=heir.id)
    if reminder.state == "due" and heir.id not in (was, caller().staff_id):
        message = reminder.message_to(heir, practice=practice(), now=now())
        if not work().rows(MESSAGE_OF_OCCASION, occasion=message.occasion):
            add(message)
    return reminder


@reminders.route("/recount", methods=["POST"])
@reminders.arguments(FollowUpRecountSchema)
@reminders.response(200, RecountedFollowUpsSchema)
def recount_reminders(said: dict[str, Any]) -> dict[str, Any]:
    """Count follow-ups anew

    The zone, the calendar or the policy has changed: shows when the open follow-ups of a question are due, and when they would
    be. With `accept`, they move: one that has come due comes due again where that lies ahead.
    """
    communication = find(Communication, said["communication_id"])
    case, here = find(Case, communication.case_id), practice()
    since = asked_at(work(), communication)
    items = []
    for reminder in work().all(Reminder.all_open().where(Reminder.communication_id == communication.id)):
        if reminder.ladder is None:
            continue
        rungs = communication.rungs(reminder.ladder, case=case, practice=here, since=since)
        before, after = reminder.due_at, {rung.key: rung.due_at for rung in rungs}.get(reminder.key)
        moves = after is not None and after != before and reminder.state != "snoozed"
        if moves and after is not None and said["accept"]:
            reminder.move(due_at=after, now=now())
        items.append(
            {
                "reminder_id": reminder.id,
                "title": reminder.title,
                "state": reminder.state,
                "before": before,
                "after": after,
                "moves": moves,
            }
        )
    return {"is_accepted": said["accept"], "items": sorted(items, key=lambda item: item["before"])}
