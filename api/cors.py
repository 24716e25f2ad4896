"""Which websites may call the public API from a browser (Fetch standard, section 3.2): those that the practice named, exactly.

There are no credentials to send along, and no `null`: a page from a file or a sandbox is nobody's website.
"""

from collections.abc import Collection

from flask import Flask, Response, g, request

METHODS = "GET, POST, PATCH, DELETE"
HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-ID"
EXPOSED = "ETag, Retry-After, Idempotency-Replayed, X-Request-ID"
REMEMBERED_SECONDS = "600"


def allow(origins: Collection[str]) -> None:
    """Lets the request's website see the answer, if it is one of these."""
    g.allowed_origin = request.headers.get("Origin") if request.headers.get("Origin") in origins else None


def preflight() -> Response:
    """The answer to a browser that asks first; without an allowed origin it says nothing, and the browser stops."""
    response = Response(status=204)
    if g.get("allowed_origin"):
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = HEADERS
        response.headers["Access-Control-Max-Age"] = REMEMBERED_SECONDS
    return response


def register(app: Flask) -> None:
    app.after_request(_say)


def _say(response: Response) -> Response:
    if "allowed_origin" not in g:
        return response
    response.vary.add("Origin")
    if g.allowed_origin:
        response.headers["Access-Control-Allow-Origin"] = g.allowed_origin
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
