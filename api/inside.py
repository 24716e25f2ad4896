"""Pages ask the API as a visitor's browser would, inside this process.

So a plain form comes through the same door, the same limits and the same schema as the embed, into one transaction of the
API's own: a page has no rule of its own to keep in step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Flask, Response, current_app, g, request
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder


@dataclass(frozen=True)
class Answer:
    """What the API said: its status, its document, the seconds to wait where it asks for that."""

    status: int
    body: Mapping[str, Any]
    retry_after: str | None = None

    @property
    def ok(self) -> bool:
        return self.status < 300

    @property
    def problem(self) -> str | None:
        """The name of the problem, if it is one."""
        return None if self.ok else str(self.body.get("type", "")).rpartition("/")[2]


def ask(
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> Answer:
    """Sends a request to `/api/v1{path}` in the name of who asked for the page; `key` is its Idempotency-Key."""
    return _read(_sent(method, path, query, body, key))


def download(path: str, body: Mapping[str, Any]) -> Response | Answer:
    """What a POST hands out, for the browser as it comes; or what the API said instead."""
    sent = _sent("POST", path, None, body, None)
    return sent if sent.status_code == 200 else _read(sent)


def _sent(method: str, path: str, query: Mapping[str, str] | None, body: Mapping[str, Any] | None, key: str | None) -> Response:
    headers = Headers({"Host": request.host, "X-Request-ID": g.request_id})
    if key:
        headers["Idempotency-Key"] = key
    asked = EnvironBuilder(
        path=f"/api/v1{path}",
        method=method,
        query_string=query,
        data=None if body is None else orjson.dumps(body),
        content_type=None if body is None else "application/json",
        headers=headers,
        # Who came through a proxy was recognized on the way in.
        environ_base={"REMOTE_ADDR": request.remote_addr or ""},
    )
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    # A context of its own: nothing of the page's request is taken for the API's.
    with app.app_context(), app.request_context(asked.get_environ()):
        return app.full_dispatch_request()


def _read(answer: Response) -> Answer:
    said = answer.get_data()
    return Answer(answer.status_code, orjson.loads(said) if said else {}, answer.headers.get("Retry-After"))
