"""What is seen of every request: an id, a line in the log, its numbers. Never what stood in it.

The id is the caller's `X-Request-ID`, or made here. It comes back in every answer, in every problem document, and stands in
every line that the log has about the request.
"""

import logging
import re
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

from api.metrics import Metrics
from models.base import new_id

log = logging.getLogger("followthrough.request")

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def register(app: Flask, metrics: Metrics | None) -> None:
    """Watches every request. To be registered before all else, so that it begins first and ends last."""
    operations: dict[str | None, str] = {None: "unmatched"}

    def begin() -> None:
        g.began = perf_counter()
        given = request.environ.get("HTTP_X_REQUEST_ID")
        g.request_id = given if given and REQUEST_ID.fullmatch(given) else new_id().hex
        if metrics:
            metrics.begin()

    def end(response: Response) -> Response:
        seconds = perf_counter() - g.began
        response.headers["X-Request-ID"] = g.request_id
        endpoint = request.endpoint
        operation = operations.get(endpoint) or operations.setdefault(endpoint, str(endpoint).rpartition(".")[2])
        # Methods are words of the caller's choice: of those that nobody knows, one name for all.
        method = request.method if request.method in METHODS else "other"
        if metrics:
            metrics.end(operation, method, response.status_code, seconds)
        if log.isEnabledFor(logging.INFO):
            log.info("request", _facts(operation, method, response.status_code, seconds))
        return response

    app.before_request(begin)
    app.after_request(end)


def _facts(operation: str, method: str, status: int, seconds: float) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "operation": operation,
        "method": method,
        "status": status,
        "duration_ms": round(seconds * 1000, 2),
    }
    work, caller = g.get("transaction"), g.get("caller")
    if work is not None:
        facts["practice"] = work.practice_id
    if caller is not None:
        facts["staff"] = caller.staff_id
    return facts
