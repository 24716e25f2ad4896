"""The chapter of the demo's story about copies: who has the IEP and knows their part, who says nothing, what is missing."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol
from uuid import UUID

from flask.testing import FlaskClient

ALL_WELL = {"has_copy": "yes", "knows_their_part": "yes", "has_what_they_need": "yes"}
SOMETHING_MISSING = {
    **ALL_WELL,
    "has_what_they_need": "no",
    "needs": [{"kind": "material", "what": "The second book of the reading program; the school has ordered it twice."}],
}


class Teller(Protocol):
    """Who tells the story, on any day of it."""

    _client: FlaskClient

    def get(self, path: str) -> Any: ...
    def post(self, path: str, body: Mapping[str, Any]) -> Any: ...
    def say(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any: ...
    def as_visitor(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any: ...
    def days_ago(self, days: int) -> AbstractContextManager[None]: ...


def hand_out_copies(told: Teller) -> None:
    """The whole team is asked; one has all they need, one says what is missing, and who says nothing is followed up."""
    [version] = told.get("/iep-versions?state=in_force")["items"]
    with told.days_ago(11):
        asked = {line["name"]: line for line in told.post(f"/iep-versions/{version['id']}/copies/ask", {})["asked"]}
    with told.days_ago(10):
        terry = asked["Terry Thompson"]
        given = {"given_by": "Robin Reyes", "how": "paper", "given_on": terry["opened_on"]}
        told.say("PATCH", f"/iep-copies/{terry['id']}", given)
        _answer(told, terry, ALL_WELL)
    with told.days_ago(8):
        _answer(told, asked["Lee Lindqvist"], SOMETHING_MISSING)


def _answer(told: Teller, line: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    # The link in the mail is for whoever reads the mail; here nobody does, so that it is made again.
    links = told._client.application.extensions["links"]
    token = links.token("copies", UUID(told.get("/practice")["id"]), UUID(line["id"]))
    told.as_visitor("POST", f"/public/copies/{token}", said)
