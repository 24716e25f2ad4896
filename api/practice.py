"""The practice itself: its profile, zone, calendar and follow-up policy."""

from typing import Any

from api.doors import StaffDoor
from api.verbs import as_it_was_read, change, find, now, practice, work
from models.check_in import arrange_all
from models.digest import Digest
from models.practice import Practice
from schemas.practice import PracticeChange, PracticeSchema

practices = StaffDoor("practice", __name__, "/practice", description="The practice and its settings.")


@practices.route("")
@practices.response(200, PracticeSchema)
def show_practice() -> Practice:
    """The practice

    Profile, zone, school calendar and follow-up policy.
    """
    return practice()


@practices.route("", methods=["PATCH"], role="owner")
@practices.arguments(PracticeChange)
@practices.response(200, PracticeSchema)
def change_practice(said: dict[str, Any]) -> Practice:
    """Change the practice

    A new calendar or policy holds for what is planned from now on; what is planned already stays where it is until somebody
    asks for a recount. Check-ins and digests, which recur, move along with the zone and the calendar.
    """
    changed = change(as_it_was_read(find(Practice, work().practice_id, lock=True)), said)
    if said.keys() & {"timezone", "school_calendar", "state_holidays"}:
        arrange_all(work(), changed)
        for digest in work().all(Digest.all_of_them()):
            digest.schedule(changed, now=now())
    return changed
