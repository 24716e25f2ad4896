"""What practices' websites load from here: how it comes, how large it is, what it never does. How it behaves: tests/browser."""

import gzip
import re
from pathlib import Path

from flask import Flask

from api import embed
from tests.cast import Actor

DOCS = (Path(__file__).parents[1] / "docs" / "integrators.md").read_text()
MOST = 30_000
TEXTS = {name: (embed.FOLDER / name).read_text() for name in (embed.SCRIPT, *embed.MODULES)}


def test_all_of_it_together_is_small(app: Flask) -> None:
    """As it goes out: each file packed by itself, both languages."""
    sizes = {path: len(Actor(app).opens(path, Accept_Encoding="gzip").data) for path in addresses()}
    assert sum(sizes.values()) < MOST, sizes


def test_what_is_said_to_readers_of_the_code_alone_stays_here(app: Flask) -> None:
    for name, text in TEXTS.items():
        served = Actor(app).opens("/embed.js" if name == embed.SCRIPT else f"/embed/x/{name}").get_data(as_text=True)
        assert not re.search(r"^ *(//|/\*\*.*\*/$)", served, re.MULTILINE), name
        if name.endswith(".js"):
            said = zip(text.splitlines(), served.replace(embed.present_version(), "VERSION").splitlines(), strict=True)
            changed = [before for before, after in said if before != after]
            assert all(re.match(r" *(//|/\*\*)", line) for line in changed), "an error names the line that readers see"
            assert served.count("\n") == text.count("\n")


def test_every_website_may_load_it_and_keep_it(app: Flask) -> None:
    for path in addresses():
        answer = Actor(app).opens(path, Origin="https://anybody.example", Accept_Encoding="gzip")
        assert answer.status_code == 200, path
        assert answer.mimetype == ("text/css" if path.endswith(".css") else "text/javascript")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["Cache-Control"] == (embed.SOON if path == "/embed.js" else embed.NEVER)
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        plain = Actor(app).opens(path)
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(answer.data) == plain.data
        kept = Actor(app).opens(path, If_None_Match=plain.headers["ETag"])
        assert (kept.status_code, kept.data, kept.headers["Access-Control-Allow-Origin"]) == (304, b"", "*")
        assert plain.headers["ETag"] != answer.headers["ETag"]


def test_the_script_names_the_present_version_and_others_are_not_kept(app: Flask) -> None:
    script = Actor(app).opens("/embed.js").get_data(as_text=True)
    assert re.findall(r'"(embed/[^"]+)"', script) == [f"embed/{embed.present_version()}/elements.js"]
    earlier = Actor(app).opens("/embed/0123456789ab/elements.js")
    assert (earlier.status_code, earlier.headers["Cache-Control"]) == (200, embed.SOON)
    for path in ("/embed/x/base.css", "/embed/x/embed.js", "/embed/x/nothing.js", "/embed/x/../base.css"):
        assert Actor(app).opens(path).status_code == 404, path


def test_every_module_that_one_needs_is_there_and_none_is_left_over(app: Flask) -> None:
    """The entry names them all, so that a browser fetches them side by side; but for the languages, of which it takes one."""
    named = {name: set(re.findall(r'["\'(]\./([\w.]+)"', text)) for name, text in TEXTS.items()}
    assert set[str]().union(*named.values()) <= set(embed.MODULES)
    languages, looks = {"english.js", "spanish.js"}, {"embed.css", "slots.css"}
    assert named["elements.js"] == set(embed.MODULES) - {"elements.js"} - languages - looks
    assert named["words.js"] == languages


def test_it_stores_nothing_and_writes_no_markup() -> None:
    never = re.compile(
        r"document\.cookie|localStorage|sessionStorage|indexedDB|innerHTML|outerHTML|insertAdjacentHTML|\beval\("
    )
    assert [name for name, text in TEXTS.items() if never.search(text)] == []


def test_what_can_be_changed_is_in_the_documentation() -> None:
    everything = "\n".join(TEXTS.values())
    variables = set(re.findall(r"var\((--ft-[\w-]+)", everything))
    assert variables == set(re.findall(r"`(--ft-[\w-]+)`", DOCS))
    assert variables == set(re.findall(r"--ft-[\w-]+", TEXTS["embed.css"].partition("*/")[0]))
    parts = set(re.findall(r'part: "(\w+)"', everything))
    assert all(f"`{part}`" in DOCS for part in parts)
    [attributes] = re.findall(r"observedAttributes = \[(.*?)\]", everything)
    assert all(f"`{name}`" in DOCS for name in re.findall(r'"([\w-]+)"', attributes))
    assert set(re.findall(r'tell\("([\w-]+)"', everything)) == {"ft-booked", "ft-contacted", "ft-wording-checked"}
    assert "`ft-booked`" in DOCS
    assert "`ft-contacted`" in DOCS
    assert "`ft-wording-checked`" in DOCS


def addresses() -> list[str]:
    return ["/embed.js", *(f"/embed/{embed.present_version()}/{name}" for name in embed.MODULES)]
