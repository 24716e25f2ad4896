"""What views say: to find a row, to add one, to change one; who calls, when, in which practice.

No view looks up by id, opens a session or commits in any other way; a door has opened the transaction that these act in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import orjson
from flask import current_app, g, request
from sqlalchemy import Engine

from api import body
from api.config import current_config
from api.problems import Problem, unknown_reference
from models.audit_entry import Actor
from models.base import Base
from models.files import Files
from models.iep_version import Immutable
from models.link import Links
from models.listing import Listing
from models.practice import Practice
from models.sign_in import TokenRevoked
from models.staff import Staff
from models.tenancy import Opening
from models.transaction import NotFound, Transaction

Model = TypeVar("Model", bound=Base)


@dataclass(frozen=True)
class Caller:
    """Who calls, as of this moment: a member of staff, or a secret key in the name of who made it."""

    staff_id: UUID
    role: str
    name: str
    user_id: UUID | None = None
    sign_in_id: UUID | None = None
    api_key_id: UUID | None = None


def transaction(opening: Opening, *, by: str = "staff", reading: bool | None = None) -> Transaction:
    """A transaction at this moment; views that need another one than their door opened (signing in) say so with it."""
    now, who = current_app.extensions["clock"](), Actor(by, request_id=g.get("request_id"))
    only_reads = request.method in ("GET", "HEAD") if reading is None else reading
    return Transaction(engine(), opening, now, by=who, reading=only_reads)


def engine() -> Engine:
    found: Engine = current_app.extensions["engine"]
    return found


def work() -> Transaction:
    """The transaction of this request."""
    found: Transaction = g.transaction
    return found


def now() -> datetime:
    """The moment of this request, the same throughout."""
    return work().now


def caller() -> Caller:
    work().open()
    found: Caller = g.caller
    return found


def practice() -> Practice:
    return work().find(Practice, work().practice_id)


def links() -> Links:
    found: Links = current_app.extensions["links"]
    return found


def files() -> Files:
    """Where the documents of this practice lie, each under its id."""
    return place_for_files().documents(work().practice_id)


def place_for_files() -> Files:
    """Where all files lie."""
    place = current_config().files
    if place is None:
        raise Problem("unavailable", "This installation was given no place for files.")
    return place


def find(model: type[Model], row_id: UUID, *, lock: bool = False) -> Model:
    """The practice's row with this id: the only look-up by id.

    The row that a changing request is about is locked until its end, and held against If-Match; `lock` locks others. What
    is not found in the path is 404, in body or query 422 at its place. Another practice's row is not found.
    """
    # The body may name the id in the path where it takes one of another kind: that is not what the request is about.
    is_subject = row_id in (request.view_args or {}).values() and g.setdefault("subject", model) is model
    lock = lock or (is_subject and request.method not in ("GET", "HEAD"))
    try:
        row = work().find(model, row_id, lock=lock)
    except NotFound:
        if lock and is_kept(model, row_id):
            raise Immutable("It is kept as it was recorded: record a new version instead.") from None
        pointer = None if is_subject else body.pointer_to(str(row_id))
        if pointer is None:
            raise
        raise unknown_reference(pointer) from None
    return as_it_was_read(row) if is_subject else row


def is_kept(model: type[Model], row_id: UUID) -> bool:
    """Whether the row can be read and not locked: what the database keeps, nobody is given to change."""
    try:
        work().find(model, row_id)
    except NotFound:
        return False
    return True


def colleague(staff_id: UUID, *, lock: bool = False) -> Staff:
    """Somebody who is still in the practice: nothing is given to who has left."""
    member = find(Staff, staff_id, lock=lock)
    if member.ended_at is None:
        return member
    pointer = body.pointer_to(str(staff_id))
    if pointer is None:
        # The caller, whom somebody removed while this request waited for its turn.
        raise TokenRevoked("This sign-in has ended. Please sign in again.")
    raise unknown_reference(pointer)


def as_it_was_read(row: Model) -> Model:
    """The row that a request is about, unless If-Match names another version of it than the present one."""
    if request.if_match and not request.if_match.contains(f"v{getattr(row, 'version', 0)}"):
        raise Problem("stale", "It was changed since you read it.")
    return row


def add(row: Model, *others: Any) -> Model:
    """Inserts the row, and what comes with it, in this order; gives the row."""
    work().add(row, *others)
    return row


def change(row: Model, said: Mapping[str, Any]) -> Model:
    """Sets what was said on the row."""
    for name, value in said.items():
        setattr(row, name, value)
    return row


def listed(listing: Listing, filters: Mapping[str, Any], limit: int = 50, cursor: str | None = None) -> dict[str, Any]:
    """A page of a list; its cursor fits this list with these filters in this practice alone."""
    seal = current_app.extensions["seal"]
    bound_to = orjson.dumps([str(work().practice_id), request.endpoint, filters, request.view_args], default=str).decode()
    after = seal.place(cursor, bound_to) if cursor else None
    page = listing.page(work(), filters, limit, after)
    return {"items": page.rows, "next_cursor": seal.cursor(page.after, bound_to) if page.after is not None else None}
