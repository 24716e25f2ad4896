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
        g.request_id = given if given and REQUEST_ID.fullmatch(given) else uuid7().hex
        if metrics:
            metrics.begin()
        g.began = perf_counter()

    def end(response: Response) -> Response:
        seconds = perf_counter() - g.began
        response.headers.add("X-Request-ID", g.request_id)
        endpoint, method, status = request.endpoint, request.method, response.status_code
        operation = operations.get(endpoint) or operations.setdefault(endpoint, str(endpoint).rpartition(".")[2])
        if method not in METHODS:
            # The caller's own word: of those that nobody knows, one name for all.
            method = "other"
        if metrics:
            metrics.end(operation, method, status, seconds)
        if log.isEnabledFor(logging.INFO):
            facts = {"operation": operation, "method": method, "status": status, "duration_ms": round(seconds * 1000, 2)}
            log.info("request", facts | _who(g.get("transaction")))
        return response

    app.before_request(begin)
    app.after_request(end)


def _who(work: Transaction | None) -> dict[str, Any]:
    """In which practice, and by whom: ids alone."""
    if work is None:
        return {}
    return {"practice": work.practice_id, "staff": work.by.staff_id, "key": work.by.api_key_id}
