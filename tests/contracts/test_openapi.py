"""The document: it is what the code says, what is committed, and what every example of it is valid by."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker

from api.problems import KINDS
from commands.command_line import main
from commands.document import document as documented
from mail.letter import LANGUAGES
from tests.conftest import BASE_URL
from tests.contracts.acts import QUERIES
from tests.contracts.everything import Life, one_of_everything
from tests.walks import each

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"
DOCUMENT = documented()
METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
}
JSON, FORM, PROBLEM = "application/json", "multipart/form-data", "application/problem+json"
MAIL = "message/rfc822"
# Told alike to everybody: that it was heard.
NOTHING_TO_SAY = {"POST /api/v1/auth/password/forgot"}
every_operation = each("name", OPERATIONS)


def at(pointer: str) -> Any:
    """What a reference into the document points to."""
    assert pointer.startswith("#/"), pointer
    found: Any = DOCUMENT
    for part in pointer[2:].split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        part = at(part["$ref"])
    return part


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def faults(value: Any, schema: dict[str, Any]) -> list[str]:
    """What is wrong with a value by a schema of the document, unknown names included: the API refuses those as well."""
    validator = Draft202012Validator(closed(schema), format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def closed(schema: Any) -> Any:
    """The schema with its references written out and no room for names that it does not have."""
    if isinstance(schema, list):
        return [closed(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return closed(at(schema["$ref"]))
    inner = {name: closed(part) if name != "example" else part for name, part in schema.items()}
    if inner.get("type") == "object" and inner.get("properties") and "additionalProperties" not in inner:
        inner["additionalProperties"] = False
    return inner


def examples(content: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    if "example" in content:
        yield content["example"], content["schema"]
    for example in content.get("examples", {}).values():
        yield resolved(example)["value"], content["schema"]


def successes(operation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(status, resolved(answer)) for status, answer in operation["responses"].items() if status.startswith("2")]


# One document.


def test_the_served_document_is_the_committed_one(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/openapi.json", base_url=BASE_URL)
    assert (answer.status_code, answer.mimetype) == (200, JSON)
    assert answer.get_json() == json.loads(COMMITTED.read_text())


def test_the_command_prints_the_committed_document() -> None:
    printed = CliRunner().invoke(main, ["openapi"])
    assert printed.exit_code == 0
    assert printed.output == COMMITTED.read_text()
    assert CliRunner().invoke(main, ["openapi", "--check", str(COMMITTED)]).exit_code == 0


def test_the_check_finds_a_document_that_is_not_what_the_code_says(tmp_path: Path) -> None:
    old = tmp_path / "openapi.json"
    old.write_text(COMMITTED.read_text().replace("operationId", "operationID", 1))
    assert CliRunner().invoke(main, ["openapi", "--check", str(old)]).exit_code != 0


def test_it_is_openapi_3_1_and_says_what_it_is() -> None:
    assert re.fullmatch(r"3\.1\.\d", DOCUMENT["openapi"])
    assert set(DOCUMENT["info"]) >= {"title", "version", "description"}
    schemes = {"access_token", "refresh_token", "secret_key", "publishable_key", "hook_signature"}
    assert set(DOCUMENT["components"]["securitySchemes"]) == schemes


def as_documented(rule: str) -> str:
    return re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", rule)


def test_every_path_of_the_api_is_in_the_document(app: Flask) -> None:
    """And nothing else is: what is not documented is not there."""
    routed = {
        f"{method} {as_documented(rule.rule)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and rule.rule != "/api/v1/openapi.json"
    }
    assert routed == set(OPERATIONS)


def test_every_reference_is_answered() -> None:
    found = set(references(DOCUMENT))
    assert len(found) > 50
    for reference in found:
        assert at(reference) is not None


def test_every_schema_is_one_and_is_used() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    used = {reference.rsplit("/", 1)[1] for reference in references(DOCUMENT) if "/schemas/" in reference}
    assert set(schemas) == used


def test_a_schema_has_a_plain_name() -> None:
    """A number behind a name is apispec's way of saying that two schemas had the same."""
    assert [name for name in DOCUMENT["components"]["schemas"] if not re.fullmatch(r"[A-Z][A-Za-z]*", name)] == []


# Every operation.


@every_operation
def test_an_operation_says_what_it_is(name: str) -> None:
    operation = OPERATIONS[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation["operationId"])
    assert operation["summary"].strip()
    assert operation["description"].strip()
    assert len(operation["tags"]) == 1
    assert "security" in operation
    assert not [key for key in operation if key.startswith("x-")]


def test_no_two_operations_have_one_name() -> None:
    names = Counter(operation["operationId"] for operation in OPERATIONS.values())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_tag_is_described() -> None:
    tags = {tag["name"]: tag.get("description") for tag in DOCUMENT["tags"]}
    assert {operation["tags"][0] for operation in OPERATIONS.values()} == set(tags)
    assert all(tags.values())


@every_operation
def test_the_key_that_an_operation_takes_is_a_known_one(name: str, app: Flask) -> None:
    known = DOCUMENT["components"]["securitySchemes"]
    options = OPERATIONS[name]["security"]
    assert {scheme for option in options for scheme in option} <= set(known)
    # Where one may come with nothing too, a key is no must.
    asked = [option for option in options if {} not in options]
    method, path = name.split()
    answer = app.test_client().open(
        re.sub(r"\{\w+_id\}", "0192f0c1-2345-7abc-8def-0123456789ab", path), method=method, base_url=BASE_URL
    )
    assert (answer.status_code == 401) == bool(asked)


@each("name", list(OPERATIONS))
def test_a_success_has_an_example_that_is_valid(name: str) -> None:
    for status, answer in successes(OPERATIONS[name]):
        assert answer["description"]
        if status == "204" or name in NOTHING_TO_SAY:
            assert "content" not in answer
            continue
        shown = [example for content in answer["content"].values() for example in examples(content)]
        assert shown != []
        for example, schema in shown:
            assert faults(example, schema) == []
            assert example is not None


@every_operation
def test_a_body_has_an_example_that_is_valid(name: str) -> None:
    body = OPERATIONS[name].get("requestBody")
    if body is None:
        return
    [content] = body["content"].values()
    assert set(body["content"]) <= {JSON, FORM, MAIL}
    schema = resolved(content["schema"])
    is_needed = bool(schema.get("required") or schema.get("minProperties")) or MAIL in body["content"]
    assert body.get("required") is is_needed
    assert (schema.get("minProperties") == 1) == name.startswith("PATCH")
    shown = list(examples(content))
    assert shown != []
    for example, schema in shown:
        assert faults(example, schema) == []


@every_operation
def test_a_parameter_is_described_and_its_example_is_valid(name: str) -> None:
    path = name.split()[1]
    shared = DOCUMENT["paths"][path].get("parameters", [])
    parameters = [resolved(parameter) for parameter in (*shared, *OPERATIONS[name].get("parameters", []))]
    assert {p["name"] for p in parameters if p["in"] == "path"} == set(re.findall(r"\{(\w+)\}", path))
    for parameter in parameters:
        assert parameter["description"]
        assert parameter["schema"]
        if parameter["in"] == "path":
            assert parameter["required"] is True
        for example in (parameter.get("example"), parameter["schema"].get("example")):
            assert example is None or faults(example, parameter["schema"]) == []


@every_operation
def test_problems_are_documented_with_valid_examples_and_pages(name: str, app: Flask) -> None:
    answers = {s: resolved(a) for s, a in OPERATIONS[name]["responses"].items() if s.startswith(("4", "5"))}
    assert {"400", "500", "503"} <= set(answers)
    if OPERATIONS[name]["security"]:
        assert "401" in answers
        assert "403" in answers or name in ("POST /api/v1/auth/refresh", "POST /api/v1/inbound-mail")
    # Who may come often: strangers, and keys. Who is signed in is counted where a password or a code can be guessed.
    is_guess = OPERATIONS[name].get("requestBody") and re.search(r"/auth/(otp|password|sign-ins)/", name)
    schemes = {scheme for option in OPERATIONS[name]["security"] for scheme in option}
    # And what sends mail to people who did not ask for it.
    is_counted = schemes != {"access_token"} or bool(is_guess) or name == "POST /api/v1/staff/invitations"
    assert ("429" in answers) == is_counted
    for status in {"429", "503"} & set(answers):
        assert answers[status]["headers"]["Retry-After"]["schema"]["type"] == "integer"
    if "{" in name:
        assert "404" in answers
    for status, answer in answers.items():
        assert answer["description"]
        shown = list(examples(answer["content"][PROBLEM]))
        assert shown != []
        for example, schema in shown:
            assert faults_of_problem(example, schema) == []
            assert example["status"] == int(status)
            assert app.test_client().get(example["type"], base_url=BASE_URL).status_code == 200
        for linked in re.findall(r"\((/problems/[\w-]+)\)", answer["description"]):
            assert app.test_client().get(linked, base_url=BASE_URL).status_code == 200


def faults_of_problem(example: Any, schema: dict[str, Any]) -> list[str]:
    """A problem may say more than the schema names (RFC 9457 section 3.2)."""
    validator = Draft202012Validator(resolved(schema), format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(example)]


@every_operation
def test_idempotency_and_versions_are_promised_where_they_are_kept(name: str) -> None:
    headers = {parameter["name"] for parameter in OPERATIONS[name].get("parameters", []) if parameter.get("in") == "header"}
    method = name.split()[0]
    if method == "PATCH":
        assert "If-Match" in headers
    if method == "POST" and successes(OPERATIONS[name])[0][0] == "201":
        assert "Idempotency-Key" in headers
    assert ("Idempotency-Key" in headers) <= (method == "POST")


@every_operation
def test_what_is_made_is_linked_to_what_can_be_done_with_it(name: str) -> None:
    names = {operation["operationId"]: label for label, operation in OPERATIONS.items()}
    links = resolved(OPERATIONS[name]["responses"].get("201", {})).get("links", {})
    linked = {names[link["operationId"]]: link["parameters"] for link in links.values()}
    below = [label for label in OPERATIONS if re.match(re.escape(name.split()[1]) + r"/\{\w+_id\}", label.split()[1])]
    if name.startswith("POST") and "201" in OPERATIONS[name]["responses"]:
        assert sorted(linked) == sorted(below)
    for label, parameters in linked.items():
        assert parameters == {re.findall(r"\{(\w+)\}", label)[-1]: "$response.body#/id"}


def test_examples_of_fields_are_valid_by_themselves() -> None:
    wrong = [
        (name, field, faults(schema["example"], schema))
        for name, part in DOCUMENT["components"]["schemas"].items()
        for field, schema in part.get("properties", {}).items()
        if "example" in schema and faults(schema["example"], schema)
    ]
    assert wrong == []


def test_a_wrong_example_would_be_found() -> None:
    schema = {"$ref": "#/components/schemas/Client"}
    good = {"name": "Petra", "email": "petra@example.org"}
    assert faults(good, schema) == []
    for bad in ({**good, "nonsense": 1}, {"name": "Petra"}, {**good, "name": 7}, {**good, "preferred_channel": "pigeon"}):
        assert faults(bad, schema) != []


# What the code answers is what the document says.


@pytest.fixture(scope="module")
def life(opens: Any) -> Life:
    life = one_of_everything(opens("riverside"))
    life.practice.builds_packets()
    return life


@each("name", [name for name in OPERATIONS if name.startswith("GET")])
def test_an_answer_is_valid_by_the_document(life: Life, name: str) -> None:
    path = name.split()[1].removeprefix("/api/v1")
    place = path.format_map(life.values(path))
    query = QUERIES.get(OPERATIONS[name]["operationId"], "").format_map(life.ids)
    answer = life.practice.olga.ask("GET", place + query)
    [(status, said)] = successes(OPERATIONS[name])
    assert answer.status_code == int(status)
    assert answer.mimetype in said["content"]
    if answer.mimetype == JSON:
        assert faults(answer.get_json(), said["content"][JSON]["schema"]) == []


def test_every_mail_that_can_be_written_is_of_a_kind_that_the_document_knows() -> None:
    for language in LANGUAGES:
        templates = {path.stem for path in (COMMITTED.parents[1] / "mail" / "templates" / language).glob("*.txt")}
        assert set(DOCUMENT["components"]["schemas"]["Message"]["properties"]["kind"]["enum"]) == templates | {"case_mail"}


def test_a_list_in_the_document_has_items_and_a_cursor() -> None:
    for name, operation in OPERATIONS.items():
        if any(parameter.get("name") == "cursor" for parameter in operation.get("parameters", [])):
            schema = resolved(successes(operation)[0][1]["content"][JSON]["schema"])
            assert set(schema["properties"]) == {"items", "next_cursor"}, name


# Pages.


def named_problems() -> set[str]:
    return set(re.findall(r"/problems/([a-z-]+)", json.dumps(DOCUMENT)))


def test_every_problem_that_the_document_names_has_a_page(app: Flask) -> None:
    assert len(named_problems()) > 10
    assert named_problems() <= set(KINDS)
    for name in named_problems():
        answer = app.test_client().get(f"/problems/{name}", base_url=BASE_URL)
        assert answer.status_code == 200
        assert KINDS[name].title in answer.get_data(as_text=True).replace("&#39;", "'")


def test_every_problem_has_a_page_and_stands_in_the_list(app: Flask) -> None:
    listed = app.test_client().get("/problems", base_url=BASE_URL).get_data(as_text=True)
    for name in KINDS:
        assert app.test_client().get(f"/problems/{name}", base_url=BASE_URL).status_code == 200
        assert f"/problems/{name}" in listed


class Links(HTMLParser):
    """What a page loads, and what a click on it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.inline: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self.ids |= {values["id"]} if "id" in values else set()
        self.inline += [name for name in values if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in values and values.get("type", "text/javascript") != "application/json":
            self.inline.append("script")
        if tag == "style":
            self.inline.append("style")
        for name in ("src", "href", "action", "data", "poster", "srcset", "formaction"):
            if name in values:
                (self.linked if tag == "a" else self.loaded).append(values[name])


@each("path", ["/", "/docs", "/problems", "/problems/validation", "/bookings/x", "/invitations/x"])
def test_a_page_loads_nothing_from_elsewhere_and_says_so(app: Flask, path: str) -> None:
    client = app.test_client()
    answer = client.get(path, base_url=BASE_URL)
    # What a link opens that works no more is a page too.
    assert answer.status_code == (404 if path == "/bookings/x" else 200)
    policy = {part.split()[0]: part.split()[1:] for part in answer.headers["Content-Security-Policy"].split(";")}
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert not [source for sources in policy.values() for source in sources if "unsafe" in source or "*" in source]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"

    page = Links()
    page.feed(answer.get_data(as_text=True))
    assert [address for address in page.loaded if re.match(r"(?:[a-z]+:)?//", address)] == []
    assert page.inline == []
    for address in page.loaded:
        if not address.startswith(("#", "data:")):
            with client.get(address, base_url=BASE_URL) as loaded:
                assert loaded.status_code == 200, address


def test_the_documentation_shows_every_operation_and_every_anchor_leads_somewhere(app: Flask) -> None:
    answer = app.test_client().get("/docs", base_url=BASE_URL)
    html = answer.get_data(as_text=True)
    page = Links()
    page.feed(html)
    for name, operation in OPERATIONS.items():
        assert operation["summary"] in html.replace("&#39;", "'"), name
    for address in page.linked:
        if address.startswith("#"):
            assert address[1:] in page.ids, address
        elif address.startswith("/"):
            assert app.test_client().get(address, base_url=BASE_URL).status_code == 200, address


def test_stylesheets_and_scripts_load_nothing_from_elsewhere() -> None:
    web = Path(__file__).parents[2] / "web" / "static"
    loading = re.compile(r"""(?:url\(|@import|import\s|from\s|fetch\(|src\s*=)\s*['"]?(?:https?:)?//""")
    assert [path.name for path in web.rglob("*") if path.suffix in (".css", ".js") and loading.search(path.read_text())] == []
