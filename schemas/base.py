"""What every schema stands on: unknown fields are refused, and an answer is written by a function made once."""

from collections.abc import Callable, Mapping
from copy import copy
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

import marshmallow
import orjson
from marshmallow import RAISE, fields, post_load

from schemas.fields import Id, Instant, QueryInteger, Text


class Schema(marshmallow.Schema):
    """The shape of what goes over the wire. What `dump` gives is left to the JSON writer, which knows ids and times."""

    class Meta:
        unknown = RAISE

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._write: Callable[[Any], dict[str, Any]] | None = None

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        if self._write is None:
            self._write = _writer(self)
        if self.many if many is None else many:
            return [self._write(row) for row in obj]
        return self._write(obj)


class Resource(Schema):
    """A row as staff see it."""

    id = Id(dump_only=True)
    created_at = Instant(dump_only=True)
    updated_at = Instant(dump_only=True)


class Patch(Schema):
    """A change: at least one field, each as in the schema it changes, none required."""

    @post_load
    def _something(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        if not said:
            raise marshmallow.ValidationError("Name at least one field to change.")
        return said


class KeptAsJson:
    """Of a schema: what is kept in a column as JSON, ids and dates in it as they are written there."""

    kept_as_json: tuple[str, ...] = ()

    @post_load
    def _as_json(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**said, **{name: plain(said[name]) for name in self.kept_as_json if name in said}}


def plain(value: Any) -> Any:
    """A value as it stands in JSON."""
    return orjson.loads(orjson.dumps(value))


class PageQuery(Schema):
    """Where in a list, and how much of it."""

    limit = QueryInteger(1, 200, load_default=50, example=50, description="How many rows, 1 to 200.")
    cursor = Text(1000, least=1, description="`next_cursor` of the page before, with the same filters.", example=None)


@cache
def page_of(schema: type[Schema]) -> type[Schema]:
    """The answer of a list: a page of rows, and the cursor of the next page or null."""
    name = schema.__name__.removesuffix("Schema") + "Page"
    cursor = Text(1000, allow_none=True, example=None, description="Null on the last page.")
    return type(name, (Schema,), {"items": fields.List(fields.Nested(schema)), "next_cursor": cursor})


def change_of(schema: type[Schema], *names: str) -> type[Patch]:
    """The body of a PATCH: the named fields of a schema, none of them required."""
    changed = {}
    for name in names:
        changed[name] = copy(schema._declared_fields[name])
        changed[name].required, changed[name].load_default = False, marshmallow.missing
    return type(schema.__name__.removesuffix("Schema") + "Change", (Patch,), changed)


def _writer(schema: marshmallow.Schema) -> Callable[[Any], dict[str, Any]]:
    """A function that reads a row or a mapping into the answer, all plain fields in one step of C."""
    plain: list[tuple[str, str]] = []
    nested: list[tuple[str, str, marshmallow.Schema, bool]] = []
    for attribute_name, field in schema.dump_fields.items():
        name = field.data_key or attribute_name
        attribute = field.attribute or attribute_name
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            nested.append((name, attribute, inner.schema, isinstance(field, fields.List) or bool(inner.many)))
        else:
            plain.append((name, attribute))
    names = [name for name, _ in plain]
    attributes = [attribute for _, attribute in plain]
    values = _getter(attributes)
    # Of rows of a list, which are named tuples, by position: that is twice as fast.
    by_position: dict[type, Callable[[Any], tuple[Any, ...]]] = {}

    def write(row: Any) -> dict[str, Any]:
        if isinstance(row, Mapping):
            # What a mapping does not hold is left out.
            answer = {name: row[attribute] for name, attribute in plain if attribute in row}
            inside = [(name, row[attribute], *rest) for name, attribute, *rest in nested if attribute in row]
        else:
            get = by_position.get(type(row))
            if get is None:
                get = by_position[type(row)] = _positions(type(row), attributes) or values
            answer = dict(zip(names, get(row), strict=True))
            inside = [(name, getattr(row, attribute), *rest) for name, attribute, *rest in nested]
        for name, value, inner, many in inside:
            answer[name] = None if value is None else inner.dump(value, many=many)
        return answer

    return write


def _positions(kind: type, attributes: list[str]) -> Callable[[Any], tuple[Any, ...]] | None:
    """How to take these attributes out of a row of this kind of named tuple, if it has all of them."""
    fields: tuple[str, ...] = getattr(kind, "_fields", ())
    if len(attributes) < 2 or not set(attributes) <= set(fields):
        return None
    return itemgetter(*(fields.index(attribute) for attribute in attributes))


def _getter(attributes: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if not attributes:
        return lambda row: ()
    get = attrgetter(*attributes)
    return get if len(attributes) > 1 else lambda row: (get(row),)
