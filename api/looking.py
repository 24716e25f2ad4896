"""Who looks at a child's record is written down with every answer that shows something of one: by the door, whatever the view.

The child is found by what the path names, or else by the rows of the answer, or else by what was asked about. An answer that
could not be written down is not given.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

import orjson
from flask import Flask, Response, current_app, g, request

from models.access_entry import about_children, of_children, read_by
from models.base import Base
from models.transaction import Transaction

# How a row names its child: by the first of these that it has.
NAMES = ("student_id", "case_id", "iep_version_id", "provision_id")
_PARAMETER = re.compile(r"<uuid:(\w+)>")
HOUR = 3600


class Known:
    """What this process knows to be written down, bounded: who has looked at the same within the hour is not written again."""

    MOST = 20_000

    def __init__(self) -> None:
        self._ids: dict[tuple[int, int, str, int], set[int]] = {}
        self._room = self.MOST

    def has_all(self, look: tuple[int, int, str, int], ids: set[int]) -> bool:
        known = self._ids.get(look)
        return known is not None and ids <= known

    def add(self, look: tuple[int, int, str, int], ids: set[int]) -> None:
        self._room -= len(ids)
        if self._room < 0:
            # Written once more, it is still there once.
            self._ids, self._room = {}, self.MOST - len(ids)
        self._ids.setdefault(look, set()).update(ids)


def register(app: Flask) -> None:
    app.extensions["looks"] = Known()


def write_down(work: Transaction, answer: Response, path: Mapping[str, Any]) -> None:
    """Leaves it to the end of the transaction to keep who was shown what."""
    shown = g.pop("shown", None)
    if answer.status_code == 204:
        return
    # A view was found by its rule: there is one.
    about = _about(request.url_rule.rule, request.method)  # type: ignore[union-attr]
    if shown is None and answer.is_json:
        # What was answered before, under the same Idempotency-Key.
        shown = orjson.loads(answer.get_data())
    model, ids = _known_by(shown, about, path)
    if model is None:
        return
    by = work.by
    reader = by.api_key_id or by.sign_in_id
    assert reader is not None, "who comes in at a door for staff did so by a sign-in or a key"
    look = (work.practice_id.int, reader.int, about.resource, int(work.now.timestamp()) // HOUR)
    numbers = {row_id.int for row_id in ids}
    if not _known().has_all(look, numbers):
        row_id = path[about.name] if about.name else None if _is_list(shown) else _value(shown, "id")
        values = read_by(by, work.now, row_ids=list(set(ids)), resource=about.resource, row_id=row_id)
        work.at_the_end(of_children(model), **values)
        g.look = look, numbers


def written_down() -> None:
    """The transaction has ended well."""
    look = g.pop("look", None)
    if look:
        _known().add(*look)


def _known() -> Known:
    found: Known = current_app.extensions["looks"]
    return found


@dataclass(frozen=True)
class _About:
    """What a path shows, as it calls it itself; an act shows the row that it changed."""

    resource: str
    # The parameter that names a row about a child, if one does.
    name: str | None
    # Whose table that is; or else the path's own, if its rows are about children.
    model: type[Base] | None


@cache
def _about(rule: str, method: str) -> _About:
    parts = [part for part in rule.removeprefix("/api/v1/").split("/") if not part.startswith("<")]
    resource = "/".join(parts if method in ("GET", "HEAD") else parts[:1])
    for name in _PARAMETER.findall(rule):
        model = about_children(_table_of(name))
        if model:
            return _About(resource, name, model)
    return _About(resource, None, about_children(parts[0].replace("-", "_")))


def _known_by(shown: Any, about: _About, path: Mapping[str, Any]) -> tuple[type[Base] | None, Sequence[UUID]]:
    """By which rows of which table the children are known that an answer shows something of: no table, where of none."""
    rows = shown["items"] if _is_list(shown) else [shown]
    name = _name_in(rows[0]) if rows else None
    if name:
        # What a path names is about one child.
        ids = _ids(rows[:1] if about.name else rows, name)
        if ids:
            return _model(name), ids
    if about.name:
        return about.model, [path[about.name]]
    if about.model and rows and _value(rows[0], "id"):
        return about.model, _ids(rows, "id")
    said = g.body if isinstance(g.get("body"), dict) else {}
    name = _name_in(said) or next((name for name in said if name.endswith("_id") and _model(name)), None)
    return (_model(name), _ids([said], name)) if name else (None, ())


def _name_in(row: Any) -> str | None:
    """How the row names its child."""
    if isinstance(row, dict):
        return next((name for name in NAMES if name in row), None)
    kind: type = type(row)
    return _name_of(kind) or next((name for name in NAMES if name in getattr(row, "__dict__", ())), None)


@cache
def _name_of(kind: type[Any]) -> str | None:
    return next((name for name in NAMES if hasattr(kind, name)), None)


@cache
def _model(name: str) -> type[Base] | None:
    return about_children(_table_of(name))


def _ids(rows: Sequence[Any], name: str) -> list[UUID]:
    """Those that there are; of what was kept as JSON, as ids again."""
    values = [row[name] for row in rows] if isinstance(rows[0], dict) else list(map(attrgetter(name), rows))
    return [value if isinstance(value, UUID) else UUID(value) for value in values if value]


def _table_of(name: str) -> str:
    """The table of the rows that a name like `iep_copy_id` stands for."""
    one = name.removesuffix("_id")
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"


def _is_list(shown: Any) -> bool:
    return isinstance(shown, dict) and "items" in shown


def _value(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)
