"""schemathesis walks our own document: whatever is sent, what comes back is what the document says, and never a 500.

Each operation as the owner, an assistant, a visitor, and the owner of another practice: with the examples of the document,
with what lies at the edges of its schemas, and with what is drawn at random; then whole stories, along the links of the
document. FOLLOWTHROUGH_SCHEMATHESIS=100 draws so many for each, anew each time, instead of a few that are always the same,
sends all wrong types in each place instead of one, and what is drawn by everybody instead of by two of them.
"""

import copy
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import UUID

import psycopg
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.meta import CoverageScenario, TestPhase

# There is no public way to have all kinds of cases of one operation at the time of the test instead of its collection.
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.cast import Actor, Practice
from tests.conftest import BASE_URL
from tests.contracts.acts import FOR_STAFF, OPERATIONS, newcomer
from tests.contracts.everything import Life, one_of_everything

DRAWN = int(os.environ.get("FOLLOWTHROUGH_SCHEMATHESIS", "0"))
CALLERS = ("owner", "assistant", "visitor", "another practice")
# What belongs to the caller alone, and may end their sign-in: a person of their own for each.
OWN = [name for name in FOR_STAFF if OPERATIONS[name][1].startswith("/auth/")]
# 412: of a version that is not the present one. 422: a schema knows no dates that come one after the other, no zones, and no
# ids of rows that are there; what is refused for a rule of the trade is a story of its own.
TAKEN = ["2xx", "3xx", "401", "403", "404", "409", "412", "422", "429"]
REFUSED = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "429"]


# A mail is sent as it is.
schemathesis.serializer.alias("message/rfc822", "text/plain")


def config(*, edges: bool, drawn: int) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "generation": {"deterministic": not DRAWN, "max-examples": drawn, "with-security-parameters": False},
            "phases": {"coverage": {"enabled": edges}},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": TAKEN},
                "negative_data_rejection": {"expected-statuses": REFUSED},
            },
            "operations": [
                # A form has no types: what is drawn as wrong is right again once it is text between two boundaries.
                {"include-operation-id": "upload_document", "checks": {"negative_data_rejection": {"enabled": False}}},
                # A step takes what it asks for and more, and in that more a number of too many digits is no body.
                *(
                    {
                        "include-operation-id": name,
                        "checks": {"positive_data_acceptance": {"expected-statuses": [*TAKEN, "400"]}},
                    }
                    for name in ("take_step", "take_step_of_proceeding")
                ),
            ],
        }
    )


@dataclass
class Town:
    """Two practices in which everything happens that can be asked for, and who asks."""

    life: Life
    others: Life
    database: psycopg.Connection
    people: dict[str, Actor] = field(default_factory=dict)
    sent: int = 0
    asked: int = 0

    def caller(self, who: str, name: str) -> Actor:
        if who == "visitor":
            return Actor(self.life.practice.app)
        role, life = ("assistant" if who == "assistant" else "owner"), self.others if who == "another practice" else self.life
        if name in OWN:
            return newcomer(life, role)
        if who not in self.people:
            self.people[who] = newcomer(life, role)
        return self.people[who]

    def ids(self, name: str) -> Mapping[str, str]:
        """Real rows, so that what is drawn reaches further than "there is nothing here"."""
        slug = self.life.practice.olga.get("/practice")["slug"]
        found = {**self.life.values("/public/copies/" if name.endswith("_copy") else ""), "slug": slug}
        if name in ("change_staff", "remove_staff"):
            found["staff_id"] = newcomer(self.life).id
        return found

    def sends(self, case: Any, ids: Mapping[str, str], **callers: Actor) -> None:
        """One case, by each of these callers, checked in full; three of four cases are about rows that are there."""
        self.sent += 1
        if self.sent % 4:
            for name, value in case.path_parameters.items():
                if name in ids and (name in ("slug", "token") or is_id(value)):
                    case.path_parameters[name] = ids[name]
            case.body = about(case.body, ids)
        for who, caller in callers.items():
            self.asked += 1
            # What is guessed here is counted elsewhere (429 is documented); and here it would hide everything else.
            self.database.execute("delete from throttles")
            headers = {"Authorization": f"Bearer {caller.token}"} if caller.token else None
            try:
                case.call_and_validate(base_url=BASE_URL, app=caller.app, headers=headers)
            except BaseException as failure:
                failure.add_note(f"Asked by: {who}.")
                raise


def is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def about(body: Any, ids: Mapping[str, str]) -> Any:
    """The same body, about rows that are there."""
    if isinstance(body, list):
        return [about(inner, ids) for inner in body]
    if not isinstance(body, dict):
        return body
    found = {}
    for name, value in body.items():
        if name.endswith("_ids") and isinstance(value, list):
            found[name] = [ids.get(name[:-1], inner) if is_id(inner) else inner for inner in value]
        else:
            found[name] = ids[name] if name in ids and is_id(value) else about(value, ids)
    return found


@pytest.fixture(scope="module")
def town(opens: Callable[[str], Practice], whole: psycopg.Connection) -> Iterator[Town]:
    town = Town(one_of_everything(opens("riverside")), one_of_everything(opens("lakeside"), "Heron"), whole)
    yield town
    if DRAWN:
        print(f"\nschemathesis asked {town.asked} times.")


@pytest.fixture(scope="module")
def document(town: Town) -> dict[str, Any]:
    """A copy: schemathesis writes the links that it infers into the document that it is given."""
    found: dict[str, Any] = copy.deepcopy(town.life.practice.app.extensions["openapi"])
    return found


@pytest.fixture(scope="module")
def schema(town: Town, document: dict[str, Any]) -> OpenApiSchema:
    return read(document, town, edges=True, drawn=DRAWN or 1)


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_answered_is_what_the_document_says(town: Town, schema: OpenApiSchema, name: str) -> None:
    """All kinds of cases by who comes here most, and what is shown in the document and what is drawn by the others in turn."""
    first = "owner" if name in FOR_STAFF else "visitor"
    callers, ids = {who: town.caller(who, name) for who in CALLERS}, town.ids(name)
    in_turn = cycle([who for who in CALLERS if who != first])
    seen: Counter[Any] = Counter()

    def asks(case: Any) -> None:
        is_edge = case.meta.phase.name == TestPhase.COVERAGE
        if DRAWN or not (is_edge and is_another_wrong_type(case, seen)):
            whose = (first,) if is_edge else CALLERS if DRAWN else (first, next(in_turn))
            town.sends(case, ids, **{who: callers[who] for who in whose})

    built(schema, schema.find_operation_by_id(name), asks)()


def is_another_wrong_type(case: Any, seen: "Counter[Any]") -> bool:
    """Whether a value of the wrong type was sent already in this place, or one where only we write: what would be sent is a
    number, a list, a truth and so on, in each place. One of them is, another in each."""
    said = case.meta.phase.data
    is_type = str(said.location).endswith(("/type", "/not")) or said.scenario == CoverageScenario.UNSPECIFIED_HTTP_METHOD
    if case.meta.generation.mode.is_positive or not is_type:
        return False
    place = (said.parameter_location, said.parameter, said.location)
    if place not in seen:
        seen[None] += 1
    seen[place] += 1
    return seen[place] != 1 + seen[None] % 8


def read(document: dict[str, Any], town: Town, *, edges: bool, drawn: int) -> OpenApiSchema:
    """The document as schemathesis reads it, over our application in this process."""
    schema = schemathesis.openapi.from_dict(document, config=config(edges=edges, drawn=drawn))
    schema.app = town.life.practice.app
    return schema


def built(schema: OpenApiSchema, operation: APIOperation, asks: Callable[[Any], None]) -> Callable[[], None]:
    """Everything that the configuration asks of one operation, as one test of hypothesis."""
    load_all_checks()
    test: Callable[[], None] = build_operation_test(
        config=schema.config, operation=operation, test_func=asks, given_kwargs={}, feedback=FeedbackSources()
    )
    return test


@pytest.mark.parametrize("who", ["owner", "another practice"])
def test_a_story_along_the_links_is_answered_as_the_document_says(town: Town, document: dict[str, Any], who: str) -> None:
    """What is made is read, changed, acted on and taken away again, by whoever made it."""
    # Who leaves, or ends their own sign-in, is out of the story.
    told = [name for name in OPERATIONS if name not in OWN and name not in ("remove_staff", "change_staff")]
    schema = read(document, town, edges=False, drawn=DRAWN or 2)
    caller, ids = town.caller(who, "list_cases"), town.ids("list_cases")

    @schema.auth()  # type: ignore[untyped-decorator]
    class Token:
        def get(self, case: Any, context: Any) -> str | None:
            return caller.token

        def set(self, case: Any, token: str, context: Any) -> None:
            case.headers["Authorization"] = f"Bearer {token}"

    class Story(schema.include(operation_id=told).as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"base_url": BASE_URL, "app": caller.app}

        def before_call(self, case: Any) -> None:
            town.asked += 1
            town.database.execute("delete from throttles")
            case.body = about(case.body, ids)

    how = settings(
        max_examples=DRAWN or 10,
        stateful_step_count=12,
        derandomize=not DRAWN,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    Story.run(settings=how)


def test_what_is_made_is_followed_along_the_links(document: dict[str, Any]) -> None:
    """The links are there to be followed: without them a story would have but beginnings."""
    links = [
        link
        for methods in document["paths"].values()
        for link in methods.get("post", {}).get("responses", {}).get("201", {}).get("links", {})
    ]
    assert len(links) >= 25


def test_an_answer_that_is_not_in_the_document_would_be_found(town: Town, document: dict[str, Any]) -> None:
    """A status, a form, a field: each is taken out of the document, and missed."""
    caller = town.caller("owner", "list_clients")

    def asks(case: Any) -> None:
        # A drawn cursor is refused, and what is taken out of the document here is about the answer of a list.
        case.query = {}
        town.sends(case, {}, owner=caller)

    for spoil in (
        lambda operation: operation["responses"].pop("200"),
        lambda operation: operation["responses"].update({"200": {"description": "", "content": {"text/plain": {}}}}),
        lambda operation: operation["responses"].update({"200": NOTHING_IS_RIGHT}),
    ):
        changed = copy.deepcopy(document)
        spoil(changed["paths"]["/api/v1/clients"]["get"])
        schema = read(changed, town, edges=False, drawn=1)
        test = built(schema, schema.find_operation_by_id("list_clients"), asks)
        with pytest.raises(FailureGroup):
            test()


NOTHING_IS_RIGHT = {"description": "", "content": {"application/json": {"schema": {"type": "object", "maxProperties": 0}}}}
