"""Outgoing messages as staff see them."""

from tests.cast import Practice, Staff
from tests.conftest import Clock


def test_staff_see_what_was_sent_and_how_often_it_was_tried(riverside: Practice, ana: Staff, clock: Clock) -> None:
    ana.asks_the_team(ana.opens_a_case())
    clock.move(days=4)
    riverside.worker.fire_reminders()
    [waiting] = ana.get("/messages?kind=reminder_due")["items"]
    assert (waiting["state"], waiting["attempts"], waiting["to"]) == ("queued", 0, ana.email)
    riverside.worker.send_messages()
    sent = ana.get(f"/messages/{waiting['id']}")
    assert (sent["state"], sent["attempts"], sent["last_error"]) == ("sent", 1, None)
    assert "facts" not in sent
    assert ana.ask("POST", f"/messages/{waiting['id']}/retry").status_code == 409
    [mail] = riverside.mails_to(ana.email)[1:]
    assert mail["Message-ID"] == f"<{waiting['id']}@practice.example>"
