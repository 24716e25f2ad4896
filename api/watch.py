"""What is seen of every request: an id, a line in the log, its numbers. Never what stood in it.

The id is the caller's `X-Request-ID`, or made here. It comes back in every answer, in every problem document, and stands in
every line that the log has about the request.
"""

import logging
import re
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request
from uuid_utils import uuid7

from api.metrics import Metrics
from models.transaction import Transaction

log = logging.getLogger("followthrough.request")

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def register(app: Flask, metrics: Metrics | None) -> None:
    """Watches every request. To be registered before all else, so that it begins first and ends last."""
    operations: dict[str | None, str] = {None: "unmatched"}

    def begin() -> None:
        given = request.environ.get("HTTP_X_REQUEST_ID")
        seen = _itself(g)
        seen.request_id = given if given and REQUEST_ID.fullmatch(given) else uuid7().hex
        if metrics:
            metrics.begin()
        seen.began = perf_counter()

    def end(response: Response) -> Response:
        seen, asked, status = _itself(g), _itself(request), response.status_code
        seconds = perf_counter() - seen.began
        response.headers.add("X-Request-ID", seen.request_id)
        operation = operations.get(asked.endpoint) or operations.setdefault(asked.endpoint, asked.endpoint.rpartition(".")[2])
        # A method may be a word of the caller's own: of those that nobody knows, one name for all.
        method = asked.method if asked.method in METHODS else "other"
        if metrics:
            metrics.end(operation, method, status, seconds)
        if log.isEnabledFor(logging.INFO):
            facts = {"operation": operation, "method": method, "status": status, "duration_ms": round(seconds * 1000, 2)}
            log.info("request", facts | _who(seen.get("transaction")) | {"request_id": seen.request_id})
        return response

    app.before_request(begin)
    app.after_request(end)


def _who(work: Transaction | None) -> dict[str, Any]:
    """In which practice, and by whom: ids alone."""
    if work is None:
        return {}
    return {"practice": work.practice_id, "staff": work.by.staff_id, "key": work.by.api_key_id}


def _itself(proxy: Any) -> Any:
    """What stands behind Flask's `g` or `request`: looking it up anew for each attribute would cost more than all the rest."""
    return proxy._get_current_object()
