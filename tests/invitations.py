"""Calendars in mails and at addresses, read by a library that did not write them, and by the rules of RFC 5545 and 6047."""

from email.message import Message as Mail
from typing import Any

import vobject

# What an event has at most once (RFC 5545 section 3.6.1), and has to have in a message between people (RFC 5546).
ONCE = ("UID", "SEQUENCE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "CLASS")
NEEDED = ("UID", "DTSTAMP", "DTSTART", "SUMMARY")


def read(written: bytes) -> Any:
    """The calendar, as `vobject` understands it; fails where the rules of writing are not kept."""
    lines = written.split(b"\r\n")
    assert lines[-1] == b"", "each line ends with CR LF, the last too"
    assert all(b"\n" not in line and b"\r" not in line for line in lines), "and nowhere else is there one"
    assert all(len(line) <= 75 for line in lines), "a line has at most 75 octets"
    for line in lines:
        line.decode()  # no character is cut by a fold
    whole = written.decode().replace("\r\n ", "")
    assert whole.startswith("BEGIN:VCALENDAR\r\n")
    for event in whole.split("BEGIN:VEVENT\r\n")[1:]:
        names = [line.partition(":")[0].partition(";")[0] for line in event.split("\r\n")]
        assert [name for name in ONCE if names.count(name) > 1] == []
        assert [name for name in NEEDED if name not in names] == []
        assert "BEGIN" not in names, "no alarm: reminding is ours"
    found = vobject.readOne(written.decode())
    found.validate(raiseException=True)
    assert found.version.value == "2.0"
    return found


def invitation_in(mail: Mail) -> Any:
    """The invitation of a mail: the same as an alternative and as a file, and said to be what it is."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_filename() for part in parts] == [None, "consultation.ics"]
    first, second = (part.get_payload(decode=True) for part in parts)
    assert first == second
    found = read(first)
    assert {part.get_param("method") for part in parts} == {found.method.value}
    assert {part.get_param("charset") for part in parts} == {"utf-8"}
    return found


def has_invitation(mail: Mail) -> bool:
    return any(part.get_content_type() == "text/calendar" for part in mail.walk())
