"""A real Chromium, the API behind a real server, and an empty page of another origin that embeds it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests.cast import Practice, started_anew
from tests.conftest import Clock, free_port

FOUND = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000
# What a website's own counting hears.
HEARD = """<script>
  window.heard = [];
  for (const name of ["ft-booked", "ft-contacted"]) addEventListener(name, (event) => heard.push([name, event.detail]));
</script>"""
PHONE = {"width": 375, "height": 740}
# Where somebody who wants to look at it says that pictures are to be kept.
SHOTS = os.environ.get("FOLLOWTHROUGH_TEST_SHOTS")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if FOUND is None:
        for item in items:
            if item.path.parent.name == "browser":
                item.add_marker(pytest.mark.skip(reason="there is no Chromium here: bin/ci-packages installs it"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for the run. It finds nothing but this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=FOUND, args=QUIET)
        yield browser
        browser.close()


class _Silent(WSGIRequestHandler):
    def log(self, *_: Any, **__: Any) -> None:
        """Nothing: what goes wrong is seen in the browser."""


class House:
    """The API at an address, which can go away and come back."""

    def __init__(self, app: Flask) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.app = started_anew(app, base_url=self.address)
        self._server: BaseWSGIServer | None = None

    def opens(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True, request_handler=_Silent)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def closes(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    house = House(app)
    house.opens()
    yield house
    house.closes()


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes while it is answered is no fault."""


@dataclass
class Website:
    """The practice's own website: a page with nothing on it but what a test puts there."""

    house: House
    practice: Practice
    address: str
    body: str = ""
    head: str = ""
    lang: str = "en"
    headers: dict[str, str] = field(default_factory=dict)

    def html(self) -> str:
        script = f'<script src="{self.house.address}/embed.js" data-practice="{self.practice.slug}"></script>'
        return (
            f'<!doctype html><html lang="{self.lang}"><head><meta charset="utf-8"><title>A practice</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"{self.head}</head><body><main><h1>A practice</h1>{self.body}</main>{script}</body></html>"
        )


@pytest.fixture
def website(house: House, riverside: Practice) -> Iterator[Website]:
    port = free_port()
    website = Website(house, riverside, f"http://localhost:{port}")

    class Shown(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown = website.html().encode()
            self.send_response(200)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **website.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(shown)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = _Quiet(("127.0.0.1", port), Shown)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    riverside.olga.patch("/practice", {"allowed_origins": [website.address]})
    yield website
    server.shutdown()
    server.server_close()


@dataclass
class Parent:
    """Petra at her screen. What her browser complains about is kept."""

    context: BrowserContext
    page: Page
    complaints: list[str]
    scripts: bool = True

    def opens(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def sees(self, text: str) -> Locator:
        found = self.page.get_by_text(text).filter(visible=True).first
        found.wait_for()
        return found

    def focused(self) -> str:
        """What the keyboard is at, through the shadow: its name for a person."""
        return str(
            self.page.evaluate(
                """() => {
                  let at = document.activeElement;
                  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                  const label = at?.labels?.[0]?.textContent ?? at?.getAttribute("aria-label") ?? at?.textContent ?? "";
                  return label.trim().replace(/\\s+/g, " ");
                }"""
            )
        )

    def walks_to(self, name: str, most: int = 60) -> None:
        """By the Tab key alone."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.focused().startswith(name):
                return
        raise AssertionError(f"the Tab key never came to {name!r}; it is at {self.focused()!r}")

    def fills_in(self, name: str = "Your name", email: str = "E-mail") -> None:
        self.page.get_by_label(name).filter(visible=True).fill("Petra Petrov")
        self.page.get_by_label(email).filter(visible=True).fill("petra@example.org")

    def is_shown(self, name: str, *, finger: bool = False) -> None:
        """Axe finds nothing, nothing has to be moved sideways, a finger hits what it means; and a picture for whoever looks."""
        # Where scripts are off, axe does not run either.
        assert not self.scripts or self._barriers() == []
        wide = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], f"{name} is {wide[0]} wide on a screen of {wide[1]}"
        assert not finger or self._too_small() == []
        if SHOTS:
            self.page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)

    def _barriers(self) -> Any:
        """What axe finds, in the shadows too."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        return [(rule["id"], [(node["target"], node["failureSummary"]) for node in rule["nodes"]]) for rule in found]

    def _too_small(self) -> Any:
        """What is to be pressed and has less than 44 pixels (WCAG 2.5.5); a box or circle counts with its label."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap((it) => it.shadowRoot ? [it.shadowRoot] : [])
              .flatMap((root) => [...root.querySelectorAll("button, a, select, textarea, input:not([tabindex])")])
              .map((it) => it.matches("[type=checkbox], [type=radio]") ? it.closest("label") : it)
              .map((it) => [it.textContent.slice(0, 20), it.getBoundingClientRect()])
              .filter(([, {width, height}]) => width && (width < 44 || height < 44))
              .map(([text, {width, height}]) => `${text}: ${width} x ${height}`)"""
        )


@pytest.fixture
def parents(chromium: Browser, clock: Clock) -> Iterator[Callable[..., Parent]]:
    """Browsers of their own for as many parents as a story needs, all at its time; which can be made to flow there."""
    opened: list[Parent] = []

    def made(*, zone: str = "America/New_York", flows: bool = False, **options: Any) -> Parent:
        # What fades in is too faint for axe while it does.
        settings = {
            "reduced_motion": "reduce",
            "locale": "en-US",
            "viewport": {"width": 1000, "height": 900},
            "timezone_id": zone,
            **options,
        }
        context = chromium.new_context(**settings)
        context.set_default_timeout(PATIENCE)
        if flows:
            context.clock.install(time=clock())
        else:
            context.clock.set_fixed_time(clock())
        page, complaints = context.new_page(), list[str]()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        opened.append(Parent(context, page, complaints, scripts=options.get("java_script_enabled", True)))
        return opened[-1]

    yield made
    for parent in opened:
        with suppress(Exception):
            parent.context.close()


@pytest.fixture
def petra(parents: Callable[..., Parent]) -> Parent:
    return parents()
