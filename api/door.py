"""A door: a blueprint through which a request comes into a transaction, and its answer out of it.

By the time a view runs, its caller is known and in the practice, the body is read, the transaction is open; when it has
run, what it changed is saved and its answer kept under the request's key. It says the rest with the verbs of `api.verbs`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

import orjson
from flask import Response, g, request
from flask_smorest import Blueprint

from api import body
from api.idempotency import Keyed
from api.limits import public_limits
from api.retry import again
from api.verbs import listed, transaction
from models.listing import Listing
from models.tenancy import Opening
from models.transaction import Transaction
from schemas.base import PageQuery, Resource, Schema, page_of

View = TypeVar("View", bound=Callable[..., Any])


class Door(Blueprint):  # type: ignore[misc]  # smorest has no types
    """A blueprint whose views run inside a transaction that this door opened."""

    ARGUMENTS_PARSER = body.Parser()
    # What the documentation says of who may call.
    security: Sequence[Mapping[str, Sequence[str]]] = ()
    # Whether an Idempotency-Key is honoured.
    keeps_answers = True
    # The least role for a method, where the view names none (staff only).
    roles: Mapping[str, str] = {}
    # Under which name requests of one address are counted, where strangers may come in.
    counted_as: str | None = None
    # Who changes rows here, as the audit entries name them, until the door knows better.
    actor = "staff"

    def __init__(self, name: str, import_name: str, path: str = "", *, description: str = "", tag: str | None = None) -> None:
        super().__init__(name, import_name, url_prefix=f"/api/v1{path}", description=description)
        self.tag = tag or name

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        """How the transaction of this request begins; may take from `path` what the view need not know."""
        raise NotImplementedError

    def security_of(self, method: str, role: str | None) -> Sequence[Mapping[str, Sequence[str]]]:
        """What may be brought along to come in: one of these."""
        return self.security

    def route(
        self,
        rule: str,
        *,
        methods: Sequence[str] = ("GET",),
        role: str | None = None,
        problems: Sequence[str] = (),
        security: Sequence[Mapping[str, Sequence[str]]] | None = None,
    ) -> Callable[[View], View]:
        """A view's path and method, the least role that may call it, and the problems that are its own."""

        def register(view: View) -> View:
            needed = role or self.roles.get(methods[0])
            documentation: dict[str, Any] = {"security": self.security_of(methods[0], needed) if security is None else security}
            documentation |= {"operationId": view.__name__, "x-problems": list(problems), "x-role": needed}
            documentation |= {"x-keeps-answers": self.keeps_answers, "x-is-counted": self.counted_as is not None}
            documented = self.doc(**documentation)(view)
            self.add_url_rule(rule, view.__name__, self._through(documented, needed), tags=[self.tag], methods=methods)
            return view

        return register

    def arguments(
        self, schema: type[Schema], *, location: str = "json", examples: Mapping[str, Any] | None = None
    ) -> Callable[[View], View]:
        """What comes in: a body, or a query; read by its schema into the view's first argument."""
        # An instance: a class would be made into one for each request.
        declare: Callable[[View], View] = super().arguments(schema(), location=location, examples=examples)
        return declare

    def example(self, example: str, *content_types: str, headers: Mapping[str, Any] | None = None) -> Callable[[View], View]:
        """Documents an answer that is not JSON, and the headers that are its own."""
        content = {content_type: {"schema": {"type": "string"}, "example": example} for content_type in content_types}
        answer = {"content": content, **({"headers": headers} if headers else {})}
        declare: Callable[[View], View] = self.doc(responses={200: answer})
        return declare

    def listing(self, listing: Listing, schema: type[Schema], query: type[PageQuery] = PageQuery) -> Callable[[View], View]:
        """Declares a view that lists: the view returns fixed filters (or None) and this gives a page of them."""

        def declare(view: View) -> View:
            @wraps(view)
            def list_page(asked: dict[str, Any], **path: Any) -> Any:
                limit, cursor = asked.pop("limit"), asked.pop("cursor", None)
                filters = {**asked, **(view(**path) or {})}
                return listed(listing, filters, limit, cursor)

            return cast(View, self.arguments(query, location="query")(self.response(200, page_of(schema))(list_page)))

        return declare

    def response(self, status_code: int, schema: type[Schema] | None = None, **documentation: Any) -> Callable[[View], View]:
        """The answer of a view: written by its schema after what the view changed was saved, with its version as ETag."""
        writer = schema() if schema else None
        document: Callable[[Any], View] = super().response(status_code, schema=writer, **documentation)

        def declare(view: View) -> View:
            @wraps(view)
            def answering(*args: Any, **path: Any) -> Response:
                result = g.shown = view(*args, **path)
                if g.transaction is not None:
                    g.transaction.flush()
                return result if isinstance(result, Response) else _answer(status_code, writer, result)

            return document(answering)

        return declare

    def _through(self, view: Callable[..., Any], role: str | None) -> Callable[..., Any]:
        declared = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
        read = frozenset(parameters["in"] for parameters in declared)

        @wraps(view)
        def enter(**path: Any) -> Any:
            if self.counted_as:
                public_limits().count_address(self.counted_as)

            def attempt() -> Any:
                given = dict(path)
                opening = self.opening(given, role)
                body.read_body(is_form="files" in read)
                return self._transact(opening, view, given, read)

            try:
                return again(attempt)
            finally:
                body.leave_body()
                self.left()

        return enter

    def answered(self, work: Transaction, answer: Response, path: Mapping[str, Any]) -> None:
        """Called with each answer while the transaction can still take something along."""

    def left(self) -> None:
        """Called when a request has ended, whatever became of it."""

    def _transact(self, opening: Opening, view: Callable[..., Any], path: dict[str, Any], read: frozenset[str]) -> Any:
        with transaction(opening, by=self.actor) as work:
            g.transaction, g.caller = work, None
            keyed = Keyed.of(self._caller_name()) if opening.practice_id and self.keeps_answers else None
            if keyed:
                kept = keyed.kept(work)
                if kept is not None:
                    self.answered(work, kept, path)
                    return kept
            elif request.method not in ("GET", "HEAD"):
                # Who may not write learns that before what is wrong with what was written.
                work.open()
            body.refuse_what_nobody_reads(read)
            answer = view(**path)
            if keyed:
                work.add(keyed.keep(answer))
            self.answered(work, answer, path)
            return answer

    def _caller_name(self) -> str:
        return "visitor"


def _answer(status: int, schema: Schema | None, result: Any) -> Response:
    if schema is None:
        return Response(status=status)
    version = None
    if isinstance(schema, Resource):
        version = result.get("version") if isinstance(result, dict) else getattr(result, "version", None)
    tag = f"v{version}"
    if version is not None and request.method == "GET" and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(orjson.dumps(schema.dump(result), option=orjson.OPT_UTC_Z), status, mimetype="application/json")
    if version is not None:
        response.set_etag(tag)
    return response
