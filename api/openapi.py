"""The OpenAPI document: what the code says, with an id, examples and the problems of each operation."""

import re
from typing import Any

from api.problems import KINDS

DESCRIPTION = """\
Followthrough keeps the record of a special-education advocacy practice: families, children, IEPs, concerns about what \
they promise, what was said to the school, and what has to follow.

Signing in: Staff send `Authorization: Bearer <access_token>`, from `POST /api/v1/auth/login`. Public paths need none.

Ids are UUIDs. Instants are RFC 3339, given back in UTC; dates are `YYYY-MM-DD`. Lists answer \
`{"items": [...], "next_cursor": ...}`; pass `next_cursor` as `cursor` for the next page. Unknown fields are refused.

Changes: A single resource carries an `ETag`; send it as `If-Match` and a change made meanwhile answers 412 instead of \
being overwritten. Send an `Idempotency-Key` of at least 16 characters with a POST, and sending it again is safe.

Problems are `application/problem+json` (RFC 9457); each `type` is explained under `/problems`.
"""

REQUEST_ID = "0192f0c123457abc8def0123456789ab"
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {
            "type": "string",
            "description": "Which problem, explained at this path.",
            "example": "/problems/validation",
        },
        "title": {"type": "string", "example": "Some of it is not valid"},
        "status": {"type": "integer", "example": 422},
        "detail": {"type": "string", "example": "Some of it is not valid."},
        "request_id": {
            "type": "string",
            "description": "Stands in the log too; the same as the header X-Request-ID of the answer.",
            "example": REQUEST_ID,
        },
        "errors": {
            "type": "array",
            "description": "What is wrong with which value.",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer (RFC 6901).", "example": "/email"},
                    "detail": {"type": "string", "example": "This is not one e-mail address."},
                },
            },
        },
    },
}
IF_NONE_MATCH: dict[str, Any] = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that is known already; the same version answers 304 without a body.",
    "schema": {"type": "string"},
    "example": '"v1"',
}
RETRY_AFTER: dict[str, Any] = {
    "description": "In so many seconds it may go better.",
    "schema": {"type": "integer", "minimum": 1},
    "example": 2,
}
ETAG: dict[str, Any] = {"description": "The version, for If-Match.", "schema": {"type": "string"}, "example": '"v1"'}
WRITES = ("post", "put", "patch", "delete")
JSON, FORM = "application/json", "multipart/form-data"


def finish(document: dict[str, Any]) -> dict[str, Any]:
    """The document with all that follows from how the doors work, said once here and nowhere else."""
    document["info"]["description"] = DESCRIPTION
    used = {tag for operations in document["paths"].values() for _, one in _methods(operations) for tag in one["tags"]}
    document["tags"] = [tag for tag in document["tags"] if tag["name"] in used]
    components = document.setdefault("components", {})
    components["securitySchemes"] = {
        "access_token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "From `/auth/login`.",
        },
        "secret_key": {
            "type": "http",
            "scheme": "bearer",
            "description": "A key of a server, `ft_sk_...`, with the scope that the operation names; from `/api-keys`.",
        },
        "publishable_key": {
            "type": "http",
            "scheme": "bearer",
            "description": "A key of the practice's website, `ft_pk_...`; from `/api-keys`.",
        },
        "refresh_token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "For `/auth/refresh`.",
        },
        "hook_signature": {
            "type": "apiKey",
            "in": "header",
            "name": "webhook-signature",
            "description": "Of a mail provider's hook (Standard Webhooks), with the secret that the operator shares with it.",
        },
    }
    schemas = components.setdefault("schemas", {})
    for unused in ("Error", "PaginationMetadata"):
        schemas.pop(unused, None)
    schemas["Problem"] = PROBLEM_SCHEMA
    components["examples"] = {name: {"value": _problem_example(name)} for name in KINDS}
    components["responses"] = {
        name: {
            "description": _said(name),
            **_headers_of(name),
            "content": {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": _problem_example(name),
                }
            },
        }
        for name in KINDS
    }
    for path, operations in document["paths"].items():
        for method, operation in _methods(operations):
            _finish_operation(path, method, operation, operations.get("parameters", []), schemas)
    for path, operations in document["paths"].items():
        if "post" in operations:
            _link_to_what_follows(path, operations["post"], document["paths"], schemas)
    return document


def _methods(operations: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(method, operation) for method, operation in operations.items() if method in ("get", *WRITES)]


def _finish_operation(path: str, method: str, operation: dict[str, Any], shared: list[Any], schemas: dict[str, Any]) -> None:
    role = operation.pop("x-role", None)
    if role not in (None, "assistant"):
        operation["description"] = (operation.get("description", "") + f"\n\nTakes the role {role}.").strip()
    for scope in _scopes(operation):
        operation["description"] = (operation.get("description", "") + f"\n\nA secret key needs the scope `{scope}`.").strip()
    parameters = [parameter for parameter in (*shared, *operation.get("parameters", [])) if isinstance(parameter, dict)]
    for parameter in parameters:
        if parameter["in"] == "path":
            _describe_path_parameter(parameter)
        parameter.setdefault("description", _words(parameter["name"]))
    responses = operation["responses"]
    for status in [status for status in responses if not str(status).startswith("2")]:
        del responses[status]
    success = next(iter(responses))
    keeps_answers = operation.pop("x-keeps-answers")
    if method == "post" and keeps_answers:
        operation.setdefault("parameters", []).append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "description": "16 to 200 characters of your making; the same request under the same key is done once.",
                "schema": {"type": "string", "minLength": 16, "maxLength": 200},
                "example": "3f7c9a52-booking-petra",
            }
        )
    for name, (said, example) in operation.pop("x-headers", {}).items():
        header = {"name": name, "in": "header", "required": True, "description": said, "schema": {"type": "string"}}
        operation.setdefault("parameters", []).append({**header, "example": example})
    if _hears_if_match(path, method):
        operation.setdefault("parameters", []).append(
            {
                "name": "If-Match",
                "in": "header",
                "required": False,
                "description": "The ETag of the version that is changed; another one answers 412.",
                "schema": {"type": "string"},
                "example": '"v1"',
            }
        )
    if method == "get" and _is_versioned(responses[success], schemas):
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)
        responses["304"] = {"description": "It is still the version that If-None-Match names."}
        responses[success].setdefault("headers", {"ETag": ETAG})
    asked_in = operation.get("requestBody", {}).get("content", {})
    body = asked_in.get(JSON) or asked_in.get(FORM)
    if body:
        asked = schemas.get(body["schema"].get("$ref", "").rsplit("/", 1)[-1], {})
        if method == "patch":
            # A change of nothing is refused (schemas.base.Patch).
            asked["minProperties"] = 1
        # No body is an empty object: that is enough where nothing has to be said.
        operation["requestBody"]["required"] = bool(asked.get("required") or asked.get("minProperties"))
    if body and not body.keys() & {"example", "examples"}:
        body["example"] = example_of(body["schema"], schemas, writing=True)
    for response in responses.values():
        content = response.get("content", {}).get("application/json")
        if content and "example" not in content:
            content["example"] = example_of(content["schema"], schemas, writing=False)
    problems: dict[str, list[str]] = {}
    for name in _problems(path, method, operation, keeps_answers):
        problems.setdefault(str(KINDS[name].status), []).append(name)
    responses.update({status: _problem_response(names) for status, names in problems.items()})
    operation["responses"] = {success: responses.pop(success), **dict(sorted(responses.items()))}


def _hears_if_match(path: str, method: str) -> bool:
    """Whether it changes one row that can be read by itself."""
    return method in ("patch", "put", "delete") or (method == "post" and "_id}" in path)


def _is_versioned(response: dict[str, Any], schemas: dict[str, Any]) -> bool:
    """Whether it answers with one resource, which has the time of its last change; or says that it has an ETag."""
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    named = schemas.get(schema.get("$ref", "").rsplit("/", 1)[-1], schema)
    return "updated_at" in named.get("properties", {}) or "ETag" in response.get("headers", {})


def _scopes(operation: dict[str, Any]) -> list[str]:
    """What a secret key needs here; nothing, where none comes in."""
    return [scope for option in operation.get("security", []) for scope in option.get("secret_key", ())]


def _link_to_what_follows(path: str, making: dict[str, Any], paths: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Where something is made: links to all that can be done with it by its id, or by the link to it."""
    content = making["responses"].get("201", {}).get("content", {}).get("application/json", {})
    made = schemas.get(content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1], {}).get("properties", {})
    if "id" not in made:
        return
    links = {}
    for below, operations in paths.items():
        parameter = re.fullmatch(re.escape(path) + r"/\{(\w+_id)\}(/.*)?", below)
        for _, operation in _methods(operations) if parameter else []:
            links[operation["operationId"]] = {
                "operationId": operation["operationId"],
                "parameters": {parameter[1]: "$response.body#/id"},  # type: ignore[index]
            }
    if links:
        making["responses"]["201"]["links"] = links


def _problems(path: str, method: str, operation: dict[str, Any], keeps_answers: bool) -> list[str]:
    """The problems that an operation can answer with: those of its door and method, and its own."""
    schemes = {scheme for option in operation.get("security", []) for scheme in option}
    own = operation.pop("x-problems", [])
    found = ["bad-request", "internal", "unavailable", *own]
    if schemes:
        found += ["unauthenticated", "token-revoked"]
    if schemes & {"access_token", "refresh_token"}:
        found.append("token-expired")
    if schemes & {"access_token", "publishable_key"}:
        # Keys come in at some of these doors, for some of what is done there, and hear at the others that they do not.
        found.append("forbidden")
    if operation.pop("x-is-counted") or schemes & {"secret_key", "publishable_key"}:
        found.append("rate-limited")
    if "{" in path:
        found.append("not-found")
    if method in WRITES:
        found += ["malformed-body", "body-too-large", "unsupported-media-type", "validation", "conflict"]
    else:
        found.append("validation")
    if method == "post" and keeps_answers:
        found += ["idempotency-in-progress", "idempotency-mismatch"]
    if _hears_if_match(path, method):
        found.append("stale")
    return list(dict.fromkeys(found))


def _problem_response(names: list[str]) -> dict[str, Any]:
    """The answer of a status: a reference where it is one problem, each of them as an example where there are several."""
    if len(names) == 1:
        return {"$ref": f"#/components/responses/{names[0]}"}
    return {
        "description": " ".join(_said(name) for name in names),
        **_headers_of(names[0]),
        "content": {
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {name: {"$ref": f"#/components/examples/{name}"} for name in names},
            }
        },
    }


def _headers_of(problem: str) -> dict[str, Any]:
    return {"headers": {"Retry-After": RETRY_AFTER}} if KINDS[problem].status in (429, 503) else {}


def _said(name: str) -> str:
    return f"`{name}`: {KINDS[name].title}."


def _problem_example(name: str) -> dict[str, Any]:
    kind = KINDS[name]
    example: dict[str, Any] = {
        "type": f"/problems/{name}",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning,
        "request_id": REQUEST_ID,
    }
    if name == "validation":
        example["errors"] = [{"pointer": "/email", "detail": "This is not one e-mail address."}]
    if name == "file-refused":
        example["reason"] = "kind"
        example["errors"] = [{"pointer": "/file", "detail": "This seems to be a picture (JPEG)."}]
    if name == "slot-taken":
        example["nearest"] = [{"starts_at": "2026-10-12T11:30:00-04:00", "ends_at": "2026-10-12T12:00:00-04:00"}]
    if name == "step-not-allowed":
        example |= {"state": "suspected", "allowed": ["ask_child", "read_wording", "verify"]}
    return example


def example_of(schema: dict[str, Any], schemas: dict[str, Any], *, writing: bool) -> Any:
    """An example made of the examples of a schema's fields; read-only ones are left out when it is written."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, writing=writing)
    if "example" in schema:
        return schema["example"]
    for combined in ("allOf", "anyOf", "oneOf"):
        if combined in schema:
            return example_of(schema[combined][0], schemas, writing=writing)
    kind = schema.get("type")
    if kind == "array":
        return [example_of(schema["items"], schemas, writing=writing)]
    if kind == "object" or "properties" in schema:
        return {
            name: example_of(field, schemas, writing=writing)
            for name, field in schema.get("properties", {}).items()
            if not (writing and field.get("readOnly")) and not (not writing and field.get("writeOnly"))
        }
    return None


def _describe_path_parameter(parameter: dict[str, Any]) -> None:
    name = parameter["name"]
    examples: dict[str, Any] = {
        "slug": "riverside-advocacy",
        "token": "AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl",
        "number": 1,
    }
    parameter.setdefault("example", examples.get(name, "0192f0c1-2345-7abc-8def-0123456789ab"))
    described = {"slug": "The practice's slug.", "token": "The last part of the link in the mail.", "number": "From 1."}
    parameter.setdefault("description", described.get(name, f"The id of the {_words(name.removesuffix('_id')).lower()}."))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
