"""Bodies and queries, read once and strictly, before any schema sees them."""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NoReturn

from flask import Request, g, request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict

from api.problems import Problem
from api.upload import let_go, read_form
from domain.refusal import FieldError

MOST_BYTES = 1024 * 1024
MOST_LEVELS = 32
MOST_DIGITS = 30
QUERIES_KEPT = 1000
# What PostgreSQL cannot hold, or no person can type: controls but tab and line ends, and lone surrogates.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def read_body(*, is_form: bool = False) -> None:
    """Reads the JSON body of the request, once, if it can have one, or its form with a file; the parser below takes it from
    here."""
    if "body" in g:
        return
    if is_form:
        g.body = read_form()
        _refuse_unprintable(g.body)
    else:
        g.body = _json_body() if request.method in ("POST", "PUT", "PATCH", "DELETE") else {}


def leave_body() -> None:
    """What came as a file lies nowhere any more."""
    let_go(g.get("body"))


def refuse_what_nobody_reads(locations: Collection[str]) -> None:
    """Refuses fields of a body or query that the view has no schema for: nothing is silently ignored."""
    errors: list[FieldError] = []
    if not {"json", "files"} & set(locations) and g.body != {}:
        names = g.body if isinstance(g.body, dict) else [""]
        errors += [{"pointer": f"/{_escaped(name)}" if name else "", "detail": "This takes no body."} for name in names]
    if "query" not in locations:
        errors += [_query_error(name, "Unknown field.") for name in request.args]
    if errors:
        raise Problem("validation", "Some of it is not valid.", errors=errors)


def _json_body() -> Any:
    if (request.content_length or 0) > MOST_BYTES:
        raise Problem("body-too-large", "A JSON body has at most 1 MiB.")
    raw = request.stream.read(MOST_BYTES + 1) if request.content_length is None else request.get_data()
    if len(raw) > MOST_BYTES:
        raise Problem("body-too-large", "A JSON body has at most 1 MiB.")
    if not raw:
        # No body is an empty object, so that a schema says what is missing.
        return {}
    if request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        raise Problem("unsupported-media-type", "The body must be sent as application/json.")
    try:
        body = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_no_constant,
        )
    except (UnicodeDecodeError, ValueError, RecursionError) as wrong:
        reason = str(wrong) if isinstance(wrong, _Malformed) else "It is not well-formed JSON in UTF-8."
        raise Problem("malformed-body", reason) from None
    _refuse_unprintable(body)
    return body


def _refuse_unprintable(body: Any) -> None:
    errors = list(_unprintable(body, "", 1))
    if errors:
        raise Problem("validation", "Some of it is not valid.", errors=errors)


class _Malformed(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Malformed("A name stands twice in one object.")
    return found


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise _Malformed(f"A number has more than {MOST_DIGITS} digits.")
    return int(digits)


def _number(digits: str) -> float:
    if len(digits) > MOST_DIGITS:
        raise _Malformed(f"A number has more than {MOST_DIGITS} digits.")
    return float(digits)


def _no_constant(name: str) -> NoReturn:
    raise _Malformed(f"{name} is no number of JSON.")


def _unprintable(value: Any, pointer: str, level: int) -> Iterator[FieldError]:
    if level > MOST_LEVELS and isinstance(value, dict | list):
        raise Problem("malformed-body", f"It has more than {MOST_LEVELS} levels.")
    if isinstance(value, str):
        if _UNPRINTABLE.search(value):
            yield {"pointer": pointer, "detail": "This holds control characters or half characters."}
    elif isinstance(value, dict):
        for name, inner in value.items():
            if _UNPRINTABLE.search(name):
                yield {"pointer": pointer, "detail": "A name holds control characters or half characters."}
            else:
                yield from _unprintable(inner, f"{pointer}/{_escaped(name)}", level + 1)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _unprintable(inner, f"{pointer}/{place}", level + 1)


class Parser(FlaskParser):
    """Hands the body and the query to schemas; what they refuse becomes one problem with all its pointers."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}  # noqa: RUF012

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._read: dict[tuple[Schema, bytes], dict[str, Any]] = {}

    def parse(self, argmap: Any, req: Request | None = None, *, location: str | None = None, **options: Any) -> Any:
        """What was said. Of a query that was read before, what was read then: the same text says the same."""
        if location != "query":
            return super().parse(argmap, req, location=location, **options)
        key = argmap, request.query_string
        found = self._read.get(key)
        if found is None:
            found = super().parse(argmap, req, location=location, **options)
            # Another thread may clear it too, at any moment: what was found is held here.
            if len(self._read) >= QUERIES_KEPT:
                self._read.clear()
            self._read[key] = found
        return dict(found)

    def load_json(self, req: Request, schema: Schema) -> Any:
        return g.body

    def load_files(self, req: Request, schema: Schema) -> Any:
        return g.body

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        query: MultiDict[str, str] = req.args
        repeated = [name for name, values in query.lists() if len(values) > 1]
        if repeated:
            raise Problem("validation", "Some of it is not valid.", errors=[_query_error(repeated[0], "This stands twice.")])
        wrong = [name for name, value in query.items() if _UNPRINTABLE.search(name + value)]
        if wrong:
            raise Problem("validation", "Some of it is not valid.", errors=[_query_error("", "This holds control characters.")])
        return query.to_dict()

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_: Any) -> NoReturn:
        messages: dict[str, Any] = error.messages  # type: ignore[assignment]
        errors = [found for located in messages.values() for found in pointers(located)]
        raise Problem("validation", "Some of it is not valid.", errors=errors)


def pointers(messages: Any, at: str = "") -> Iterator[FieldError]:
    """What marshmallow found, as JSON pointers (RFC 6901) and sentences."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            yield from pointers(inner, at if name == "_schema" else f"{at}/{_escaped(str(name))}")
    elif isinstance(messages, list):
        for inner in messages:
            yield from pointers(inner, at)
    else:
        yield {"pointer": at, "detail": str(messages)}


def pointer_to(value: str) -> str | None:
    """Where in this request's body or query a text stands."""
    return next(_places(g.get("body"), value, ""), None) or next(
        (f"/{name}" for name, given in request.args.items() if given == value), None
    )


def _places(tree: Any, value: str, at: str) -> Iterator[str]:
    if tree == value:
        yield at
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, below in inner:
        yield from _places(below, value, f"{at}/{_escaped(str(name))}")


def _query_error(name: str, detail: str) -> FieldError:
    return {"pointer": f"/{_escaped(name)}" if name else "", "detail": detail}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
