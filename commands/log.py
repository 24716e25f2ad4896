"""The log: one line for each event on standard error, with ids and never with values, escaped and bounded.

Ours say `log.info("what happened", {"field": value})`: the event is a sentence of the code, and the fields are ids, numbers
and words of ours. What a library says is not ours to judge, since it may quote whatever somebody entered: of that stand
here who said it, where, and its words without what they were filled with; and of an exception its type and its place.
"""

import json
import logging
import sys
import threading
import traceback
import warnings
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

import orjson
from flask import g, has_request_context

from api.origin import where

LONGEST = 2000
# What a string is cut to in a line that would be longer, until it fits.
CUTS = (500, 100, 20)
# The server says where it listens and which of its processes came and went. What follows on further lines is an exception
# with all its words.
SERVER = "_granian"
OURS = ("followthrough", SERVER)
log = logging.getLogger("followthrough")
LEVELS = {number: name.lower() for name, number in logging.getLevelNamesMapping().items() if name not in ("WARN", "FATAL")}


class Json(logging.Formatter):
    """A JSON object a line, in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        facts = facts_of(record)
        line = _json(facts)
        for cut in CUTS:
            if len(line) <= LONGEST:
                return line
            line = _json({name: _cut(value, cut) for name, value in facts.items()})
        kept = {name: facts[name] for name in ("time", "level", "logger")}
        return line if len(line) <= LONGEST else _json({**kept, "event": "too long"})


class Text(logging.Formatter):
    """The same for people: time, level, event, then the fields as `name=value`."""

    def format(self, record: logging.LogRecord) -> str:
        facts = facts_of(record)
        facts["time"] = facts["time"].isoformat(timespec="milliseconds").replace("+00:00", "Z")
        start = " ".join(_plain(facts.pop(name)) for name in ("time", "level", "event"))
        return " ".join((start, *(f"{name}={_plain(value)}" for name, value in facts.items())))[:LONGEST]


FORMATS = {"json": Json, "text": Text}


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """What is told of an event."""
    facts = {"time": datetime.fromtimestamp(record.created, UTC), "level": LEVELS[record.levelno], "logger": record.name}
    facts.update(_event(record))
    if "request_id" not in facts and has_request_context() and "request_id" in g:
        facts["request_id"] = g.request_id
    if record.exc_info and record.exc_info[1]:
        facts |= _failure(record.exc_info[1])
    return facts


def start(level: str, form: str, stream: TextIO | None = None) -> None:
    """Takes over what this process says: our events from this level on, of libraries warnings and worse."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(FORMATS[form]())
    least: int = logging.getLevelNamesMapping()[level.upper()]
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # At lower levels some of them write all that passes through them.
    root.setLevel(max(least, logging.WARNING))
    for name in OURS:
        logging.getLogger(name).setLevel(least)
    # Nothing that we write, and to find it out for each line costs.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    warnings.showwarning = _warning
    sys.excepthook = _uncaught
    threading.excepthook = lambda raised: _uncaught(raised.exc_type, raised.exc_value, raised.exc_traceback)
    sys.unraisablehook = lambda raised: _uncaught(raised.exc_type, raised.exc_value, raised.exc_traceback)


def server_config() -> dict[str, Any]:
    """For the server, whose own configuration would write to standard output: it says nothing but through ours."""
    return {"formatters": {}, "handlers": {}, "loggers": {SERVER: {"handlers": [], "propagate": True}}}


def _event(record: logging.LogRecord) -> dict[str, Any]:
    if record.name.startswith(OURS):
        if isinstance(record.args, dict):
            return {"event": record.msg, **{name: value for name, value in record.args.items() if value is not None}}
        return {"event": record.getMessage().partition("\n")[0]}
    # Without arguments the words may have been filled in before they came here.
    said = {"said": record.msg} if record.args and isinstance(record.msg, str) else {}
    return {"event": "a library says", **said, "at": f"{record.filename}:{record.lineno} {record.funcName}"}


def _failure(error: BaseException) -> dict[str, str]:
    return {"error": type(error).__name__, "at": where(error)}


def _warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    log.warning("warning", {"error": category.__name__, "at": f"{filename.rpartition('/')[2]}:{lineno}"})


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    at = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace))
    log.critical("uncaught", {"error": kind.__name__, "at": at[-500:]})


def _json(facts: dict[str, Any]) -> str:
    try:
        line = orjson.dumps(facts, default=str, option=orjson.OPT_UTC_Z)
        if line.isascii():
            return line.decode()
    except orjson.JSONEncodeError:
        pass
    # Beyond ASCII there are line breaks too; and halves of characters, which orjson refuses.
    return json.dumps({**facts, "time": facts["time"].isoformat().replace("+00:00", "Z")}, default=str)


def _cut(value: Any, most: int) -> Any:
    return value if isinstance(value, datetime | int | float | None) else str(value)[:most]


def _plain(value: object) -> str:
    quoted = json.dumps(str(value))
    return quoted[1:-1] if " " not in quoted or quoted[1:-1].replace(" ", "").isalnum() else quoted
