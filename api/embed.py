"""What practices' websites load: one script, and its modules under a version that changes whenever one of them does.

It is the same for everybody, so every website may read it (Fetch standard, CORS protocol; `Cross-Origin-Resource-Policy`).
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, request

from models.transaction import NotFound

FOLDER = Path(__file__).parent.parent / "web" / "static"
SCRIPT = "embed.js"
MODULES = (
    "api.js",
    "book_consultation.js",
    "contact.js",
    "dom.js",
    "element.js",
    "elements.js",
    "embed.css",
    "english.js",
    "fields.js",
    "form.js",
    "hold.js",
    "slots.css",
    "slots.js",
    "spanish.js",
    "time.js",
    "wording_check.js",
    "words.js",
    "zones.js",
)
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
# A seventh of it is said to readers of the code alone, and stays here: lines that are a comment (lines keep their numbers).
COMMENTS = {
    ".js": re.compile(rb"^ *//.*$|^ */\*\*.*\*/$", re.MULTILINE),
    ".css": re.compile(rb"/\*.*?\*/\n?", re.DOTALL),
}
# The script names the version: what it is has to be asked soon again. Under a version, nothing ever changes.
SOON, NEVER = "public, max-age=300", "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """A file as it goes out; `packed` is its gzip."""

    content: bytes
    packed: bytes
    content_type: str
    etag: str


def script() -> Response:
    return _answer(assets()[SCRIPT], SOON)


def module(version: str, name: str) -> Response:
    """A file under a version. Another version is that of a release before or after, whose script is still or already out:
    it gets ours, which speaks with the same API, and does not keep it."""
    if name not in MODULES:
        raise NotFound("There is no module of this name.")
    return _answer(assets()[name], NEVER if version == present_version() else SOON)


@cache
def present_version() -> str:
    content = b"".join(_content(name) for name in (SCRIPT, *MODULES))
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def assets() -> dict[str, Asset]:
    """All of them, read once: they are small, and change with a release."""
    return {name: _asset(name) for name in (SCRIPT, *MODULES)}


def _content(name: str) -> bytes:
    return COMMENTS[Path(name).suffix].sub(b"", (FOLDER / name).read_bytes())


def _asset(name: str) -> Asset:
    content = _content(name)
    if name == SCRIPT:
        content = content.replace(b"VERSION", present_version().encode())
    etag = hashlib.sha256(content).hexdigest()[:20]
    return Asset(content, gzip.compress(content, 9, mtime=0), TYPES[Path(name).suffix], etag)


def _answer(asset: Asset, caching: str) -> Response:
    packs = request.accept_encodings.quality("gzip") > 0
    response = Response(asset.packed if packs else asset.content, content_type=asset.content_type)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = caching
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{asset.etag}{'-gzip' if packs else ''}")
    return response.make_conditional(request)  # type: ignore[return-value]
