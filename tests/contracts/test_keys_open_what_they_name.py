"""Every operation of staff, by every kind of key: what a key names it opens, and whatever it does not name stays as it was.

The operations are those of the document, each with a request that would be good by its right caller (acts.py). Red without
the checks of `StaffDoor._by_key`: of the kind, of `takes_keys` and the owner's role, of the scope; and without the conditions
of `API_KEY_BY_HASH`: not revoked, made by somebody who is still here, and still an owner.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from api.application import RESOURCES
from api.doors import AccountDoor, StaffDoor
from models.api_key import SCOPED, SCOPES
from tests.cast import Actor, Practice
from tests.contracts.acts import FOR_STAFF, OPERATIONS, QUERIES, WRITES, act, newcomer
from tests.contracts.conftest import rows_of
from tests.contracts.everything import Life, one_of_everything
from tests.walks import each

DOORS = {resource.name: resource for resource in RESOURCES}
KEYED = [name for name in FOR_STAFF if any("secret_key" in option for option in OPERATIONS[name][2]["security"])]
UNKEYED = [name for name in FOR_STAFF if name not in KEYED]


@dataclass(frozen=True)
class House:
    """A practice, keys of every kind by name, and another practice with a key that names everything."""

    life: Life
    keys: Mapping[str, str]
    theirs: str

    @property
    def practice_id(self) -> str:
        return str(self.life.practice.olga.get("/practice")["id"])

    def with_scopes(self, *scopes: str) -> Actor:
        made = self.life.practice.olga.post("/api-keys", {"kind": "secret", "name": "Server", "scopes": list(scopes)})
        return Actor(self.life.practice.app, made["key"])


@pytest.fixture(scope="module")
def house(opens: Callable[[str], Practice], whole: psycopg.Connection) -> House:
    life = one_of_everything(opens("riverside"))
    olga, app = life.practice.olga, life.practice.app
    everything = {"kind": "secret", "name": "Server", "scopes": list(SCOPES)}
    revoked = olga.post("/api-keys", everything)
    assert olga.ask("DELETE", f"/api-keys/{revoked['id']}").status_code == 204
    removed, demoted = newcomer(life, "owner"), newcomer(life, "owner")
    of_removed, of_demoted = (person.post("/api-keys", everything)["key"] for person in (removed, demoted))
    assert olga.ask("DELETE", f"/staff/{removed.id}").status_code == 200
    # Her keys were revoked with that; each guard has to hold by itself.
    whole.execute("update api_keys set revoked_at = null where made_by_id = %s", [removed.id])
    olga.patch(f"/staff/{demoted.id}", {"role": "advocate"})
    good = olga.post("/api-keys", everything)["key"]
    there = one_of_everything(opens("lakeside")).practice.olga.post("/api-keys", everything)["key"]
    publishable, beyond = olga.post("/api-keys", {"kind": "publishable", "name": "Website"}), olga.post("/api-keys", everything)
    for row in (publishable, beyond):
        # As nobody can make them: with scopes that there are not, and for a website.
        named = [f"{door}:{act}" for door in DOORS for act in ("read", "write")]
        whole.execute("update api_keys set scopes = %s where id = %s", [Jsonb(named), row["id"]])
    keys = {
        "a publishable one": publishable["key"],
        "a revoked one": revoked["key"],
        "of an owner who was removed": of_removed,
        "of an owner who is one no more": of_demoted,
        "with another secret": good[:8] + ("A" if good[8] != "A" else "B") + good[9:],
        "cut short": good[:-1],
        "of another practice, with the secret of this": there[:38] + good[38:],
        "named as one, and none": "ft_sk_nonsense",
        "beyond everything": beyond["key"],
    }
    assert Actor(app, good).ask("GET", "/clients").status_code == 200
    return House(life, keys, there)


REFUSED = {
    "a publishable one": (403, "forbidden"),
    "a revoked one": (401, "token-revoked"),
    "of an owner who was removed": (401, "token-revoked"),
    "of an owner who is one no more": (401, "token-revoked"),
    "with another secret": (401, "token-revoked"),
    "cut short": (401, "unauthenticated"),
    "of another practice, with the secret of this": (401, "token-revoked"),
    "named as one, and none": (401, "unauthenticated"),
}


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, (answer.get_json(silent=True) or {}).get("type", "").removeprefix("/problems/")


def scope_of(name: str) -> str:
    [scope] = [scope for option in OPERATIONS[name][2]["security"] for scope in option.get("secret_key", ())]
    return str(scope)


# Scopes.


def test_every_door_that_takes_keys_is_named_by_scopes_and_no_other() -> None:
    assert {door.name for door in DOORS.values() if isinstance(door, StaffDoor) and door.takes_keys} == set(SCOPED)


def test_every_scope_opens_something() -> None:
    assert sorted({scope_of(name) for name in KEYED}) == sorted(SCOPES)


def test_what_only_owners_do_and_what_is_a_persons_own_is_never_done_by_key() -> None:
    assert {name for name in FOR_STAFF if "Takes the role owner" in OPERATIONS[name][2]["description"]} <= set(UNKEYED)
    persons = {door.tag for door in DOORS.values() if isinstance(door, AccountDoor) or door.name == "me"}
    assert {name for name in FOR_STAFF if OPERATIONS[name][2]["tags"][0] in persons} <= set(UNKEYED)
    assert len(UNKEYED) >= 20


def test_the_document_says_which_scope_a_key_needs() -> None:
    for name in KEYED:
        assert f"`{scope_of(name)}`" in OPERATIONS[name][2]["description"]


# Each operation, each role.


@each("name", [name for name in FOR_STAFF if "Takes the role" in OPERATIONS[name][2]["description"]])
def test_what_takes_a_role_is_refused_to_those_below_it(house: House, whole: psycopg.Connection, name: str) -> None:
    practice, good = house.life.practice, act(name, house.life)
    below = (practice.sam, practice.ana) if "role owner" in OPERATIONS[name][2]["description"] else (practice.sam,)
    before = rows_of(whole, house.practice_id)
    assert [said(good.done(by=person)) for person in below] == [(403, "forbidden")] * len(below)
    assert rows_of(whole, house.practice_id) == before


# Each operation, each kind of key.


@each("name", FOR_STAFF)
def test_a_key_that_does_not_name_it_changes_nothing(house: House, whole: psycopg.Connection, name: str) -> None:
    good = act(name, house.life)
    keys = {kind: Actor(house.life.practice.app, house.keys[kind]) for kind in REFUSED}
    others = [scope for scope in SCOPES if name not in KEYED or scope != scope_of(name)]
    without = house.with_scopes(*others)
    before = rows_of(whole, house.practice_id, besides=["api_keys"])

    heard = {kind: said(good.done(by=key)) for kind, key in keys.items()}
    is_account = isinstance(door_of(name, house), AccountDoor)
    assert heard == (dict.fromkeys(REFUSED, (403, "forbidden")) if is_account else REFUSED)
    assert said(good.done(by=without)) == (403, "forbidden")
    if name in UNKEYED:
        assert said(good.done(by=Actor(house.life.practice.app, house.keys["beyond everything"]))) == (403, "forbidden")

    theirs = good.done(by=Actor(house.life.practice.app, house.theirs))
    if name in UNKEYED:
        assert said(theirs) == (403, "forbidden")
    elif "_id}" in OPERATIONS[name][1]:
        assert said(theirs) == (404, "not-found")
    assert house.life.practice.slug not in theirs.get_data(as_text=True)
    assert rows_of(whole, house.practice_id, besides=["api_keys"]) == before


def door_of(name: str, house: House) -> Any:
    """The door that an operation stands on."""
    [endpoint] = [each for each in house.life.practice.app.view_functions if each.rpartition(".")[2] == name]
    return DOORS[endpoint.rpartition(".")[0]]


@each("name", KEYED)
def test_a_key_that_names_it_alone_does_it_in_the_name_of_who_made_it(
    house: House, whole: psycopg.Connection, name: str
) -> None:
    key = house.with_scopes(scope_of(name))
    answer = act(name, house.life).done(by=key, X_Request_ID=f"by-key-{name}")
    assert answer.status_code < 300, answer.get_data(as_text=True)
    told = whole.execute(
        "select actor, staff_id::text, api_key_id is not null, sign_in_id from audit_entries where request_id = %s",
        [f"by-key-{name}"],
    ).fetchall()
    assert set(told) == ({("api_key", house.life.practice.olga.id, True, None)} if name in WRITES else set())


@each("name", KEYED)
def test_a_key_of_another_practice_sees_its_own_practice(house: House, name: str) -> None:
    method, path, _ = OPERATIONS[name]
    if method == "GET" and "{" not in path and name not in QUERIES:
        path += "?for=practice" if name == "show_agenda" else ""  # a key has nothing to do of its own
        mine = house.with_scopes(*SCOPES).ask("GET", path).get_json()
        theirs = Actor(house.life.practice.app, house.theirs).ask("GET", path).get_json()
        # The playbook is everybody's.
        assert mine != theirs or name == "show_playbook"
        # What is ours, and no practice's, has no id.
        ids = {row.get("id") for row in theirs.get("items", [theirs])} - {None}
        assert ids.isdisjoint(row.get("id") for row in mine.get("items", [mine]))
