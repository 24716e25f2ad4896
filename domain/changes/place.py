"""Where a service is given, and by which of its names it is called."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.changes.words import SILENT, WORD, stem
from domain.vocabulary import all_roles, all_services, all_settings, spelled_out

if TYPE_CHECKING:
    from domain.changes.reading import Reading


@lru_cache(maxsize=4096)
def place(setting: str | None) -> frozenset[str]:
    """The words of the field for the place, as far as they tell places apart."""
    if not setting:
        return frozenset()
    full = spelled_out(setting).casefold()
    return frozenset(stem(_PLACES.get(word, word)) for word in WORD.findall(full) if word not in SILENT and word not in _SMALL)


_PLACES = {
    "regular": "general",
    "rm": "room",
    "classroom": "class",
    "gymnasium": "gym",
    "setting": "class",
    "environment": "class",
}


_SMALL = frozenset(("in", "at", "on", "within", "inside", "and", "or", "education"))


def read_places(reading: "Reading") -> None:
    """Places that stand alone between commas: "SDI, 150 minutes a week, resource room"."""
    for setting, start, end in reversed(all_settings(reading.text)):
        if (
            setting.name not in _SUBJECT_ROOMS
            and _ALONE_BEFORE.search(reading.text[max(0, start - 20) : start])
            and _ALONE_AFTER.match(reading.text, end)
        ):
            reading.places.add(reading.text[start:end])
            reading.text = f"{reading.text[:start]} {reading.text[end:]}"
    reading.places.update(_ROOM.findall(reading.text))
    reading.taken(_ROOM)


def read_service_names(reading: "Reading") -> None:
    """A service by the one name that all its names have."""
    services = [found for found in all_services(reading.text) if found[0].name in _ONE_NAME]
    roles = [(start, end) for _, start, end in all_roles(reading.text)] if services else []
    for service, start, end in reversed(services):
        # "Speech-language" of the pathologist is no service; "school nurse services" is no nurse.
        if not _ROOM_NEXT.match(reading.text, end) and not any(first <= start and end <= last for first, last in roles):
            reading.text = f"{reading.text[:start]} {re.sub('[^a-z]', '', service.name.casefold())} {reading.text[end:]}"


_SUBJECT_ROOMS = frozenset(("English class", "math class", "science class", "social studies class", "specials"))


_ALONE_BEFORE = re.compile(r"[,;:/(-]\s*(?:(?:in|at|inside) )?(?:the |an? )?\Z")


_ALONE_AFTER = re.compile(r"\s*(?:[,;:/).]|\Z)")


_ROOM_NEXT = re.compile(r"\s(?:room|office|area|space|gym|rm)\b")


_ROOM = re.compile(r"[,;]\s*((?:\w+ ){0,5}(?:room|office|classroom|gym|lab|center|library))\s*(?=[,;.]|\Z)")


_ONE_NAME = frozenset(
    (
        *("speech-language therapy", "occupational therapy", "physical therapy", "counseling", "orientation and mobility"),
        *(
            "adapted physical education",
            "audiology",
            "social work services",
            "psychological services",
            "school health services",
        ),
    )
)
