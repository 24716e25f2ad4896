"""The fields of the wire: strict where the stock ones are generous, and each with an example for the documentation."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from marshmallow import ValidationError, fields, validate

from domain import email_address
from domain.email_address import EmailInvalid
from models.files import Received

LARGEST_INTEGER = 2**31 - 1
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED_SLUGS = ("bookings", "holds", "subscriptions")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


def _options(example: object, options: dict[str, Any]) -> dict[str, Any]:
    metadata = {"example": options.pop("example", example), **options.pop("metadata", {})}
    if description := options.pop("description", None):
        metadata["description"] = description
    return {**options, "metadata": metadata}


class Text(fields.String):
    """A line of text of bounded length; not blank where it is required."""

    one_line = True

    def __init__(self, most: int = 200, *, least: int = 0, **options: Any) -> None:
        # Kept apart from `required`, which a change takes away.
        self._may_be_blank = not options.get("required")
        least = max(least, 0 if self._may_be_blank else 1)
        super().__init__(validate=validate.Length(least or None, most), **_options("As agreed on the phone.", options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        text: str = super()._deserialize(value, *rest, **more)
        if not self._may_be_blank and not text.strip():
            raise ValidationError("This must not be blank.")
        if self.one_line and any(end in text for end in "\r\n\t"):
            raise ValidationError("This is one line.")
        return text


class Prose(Text):
    """Text of some length and many lines: a summary, a note, the words of an IEP."""

    one_line = False

    def __init__(self, most: int = 20_000, **options: Any) -> None:
        super().__init__(most, **options)


class Patterned(fields.String):
    """Text of a form, all of it: `$` alone would take a line end behind it."""

    def __init__(self, pattern: str, wanted: str, example: str, **options: Any) -> None:
        self._pattern, self._wanted = re.compile(pattern, re.ASCII), wanted
        super().__init__(**_options(example, {"metadata": {"pattern": f"^{pattern}$"}, **options}))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        text: str = super()._deserialize(value, *rest, **more)
        if not self._pattern.fullmatch(text):
            raise ValidationError(self._wanted)
        return text


class Slug(Patterned):
    def __init__(self, **options: Any) -> None:
        wanted = "A slug has lower-case letters, digits and single hyphens between them."
        options = {"validate": validate.Length(2, 60), "description": wanted, "example": "riverside-advocacy", **options}
        super().__init__(SLUG.pattern, wanted, options.pop("example"), **options)


class Secret(fields.String):
    """A password or token: taken as typed, never given back."""

    def __init__(self, least: int = 8, most: int = 256, **options: Any) -> None:
        length = validate.Length(least, most)
        super().__init__(validate=length, load_only=True, **_options("a sentence that only I know", options))


class Code(Secret):
    """A one-time code of six digits, or a recovery code."""

    def __init__(self, **options: Any) -> None:
        description = "A one-time code of six digits, or a recovery code; where one-time codes are set up."
        super().__init__(6, 40, **{"example": "492039", "description": description, **options})


class PracticeSlug(Slug):
    """The slug of a practice: none of the names that stand in its place in public paths."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        slug = super()._deserialize(value, *rest, **more)
        if slug in RESERVED_SLUGS:
            raise ValidationError("This slug is reserved.")
        return slug


class LinkToken(Text):
    """The token of a link or a hold."""

    def __init__(self, **options: Any) -> None:
        super().__init__(100, least=1, **{"example": "AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl", **options})


class OneOf(fields.String):
    def __init__(self, choices: Sequence[str], **options: Any) -> None:
        super().__init__(validate=validate.OneOf(list(choices)), **_options(choices[0], options))


class Integer(fields.Integer):
    """A whole number, written as one, within bounds that the column holds."""

    def __init__(self, least: int = 0, most: int = LARGEST_INTEGER, **options: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(least, most), **_options(max(least, 1), options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> int:
        if type(value) is not int:
            raise ValidationError("This is not a whole number.")
        return value


class QueryInteger(Integer):
    """A whole number in a query, where everything is text."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> int:
        if not re.fullmatch(r"\d{1,9}", str(value), re.ASCII):
            raise ValidationError("This is not a whole number.")
        return int(value)


class Boolean(fields.Boolean):
    def __init__(self, **options: Any) -> None:
        super().__init__(truthy={True}, falsy={False}, **_options(True, options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> bool:
        if type(value) is not bool:
            raise ValidationError("This is true or false.")
        return value


class QueryBoolean(fields.Boolean):
    def __init__(self, **options: Any) -> None:
        super().__init__(**_options(True, options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> bool:
        if value not in ("true", "false"):
            raise ValidationError("This is true or false.")
        return bool(value == "true")


class Id(fields.UUID):
    """A UUID in its canonical form: 36 lower-case characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**_options("0192f0c1-2345-7abc-8def-0123456789ab", options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> UUID:
        found = canonical_uuid(value)
        if found is None:
            raise ValidationError("This is not a UUID in its canonical form.")
        return found


def canonical_uuid(value: object) -> UUID | None:
    try:
        found = UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and str(found) == value else None


class Date(fields.Date):
    """A date, YYYY-MM-DD, from 1900 on and before 2200."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**_options("2026-10-12", options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> date:
        try:
            found = date.fromisoformat(value) if isinstance(value, str) and _DATE.fullmatch(value) else None
        except ValueError:
            found = None
        if found is None or not EARLIEST.date() <= found < LATEST.date():
            raise ValidationError("A date is written YYYY-MM-DD and lies between 1900 and 2200.")
        return found


class Instant(fields.AwareDateTime):
    """An instant, RFC 3339 with an offset, from 1900 on and before 2200; given back in UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", **_options("2026-10-12T15:30:00Z", options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> datetime:
        # A plus sign in a query that was not encoded arrives as a space.
        written = value.replace(" ", "+") if isinstance(value, str) else ""
        try:
            found = datetime.fromisoformat(written.upper()).astimezone(UTC) if _INSTANT.fullmatch(written) else None
        except (ValueError, OverflowError):
            found = None
        if found is None or not EARLIEST <= found < LATEST:
            raise ValidationError("An instant is written as in RFC 3339, with its offset, between 1900 and 2200.")
        return found


class LocalInstant(fields.Raw):
    """An instant with the offset of the zone that was asked for (only given, never taken)."""

    def __init__(self, **options: Any) -> None:
        shape = {"type": "string", "format": "date-time"}
        super().__init__(dump_only=True, **_options("2026-10-12T11:30:00-04:00", {"metadata": shape, **options}))


class TimeOfDay(Patterned):
    def __init__(self, **options: Any) -> None:
        wanted = "A time of day is written HH:MM."
        super().__init__(r"([01]\d|2[0-3]):[0-5]\d", wanted, options.pop("example", "09:00"), **options)


class Email(fields.Email):
    """One e-mail address, at most 254 characters, without quotes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**_options("petra@example.org", options))
        self.validators = []

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        text = fields.String._deserialize(self, value, *rest, **more)
        try:
            return email_address.normalized(text)
        except EmailInvalid:
            raise ValidationError("This is not one e-mail address.") from None


class Phone(Patterned):
    def __init__(self, **options: Any) -> None:
        wanted = "A phone number has 5 to 40 digits, spaces and ( ) . / x -, perhaps a + before them."
        super().__init__(r"\+?[0-9 ()./x-]{5,40}", wanted, options.pop("example", "+1 503 555 0142"), **options)


class Url(fields.Url):
    """An https address of a page, without user information."""

    def __init__(self, **options: Any) -> None:
        super().__init__(schemes={"https"}, **_options("https://www.example.org/", options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        try:
            url: str = super()._deserialize(value, *rest, **more)
            has_user = "@" in urlsplit(url).netloc
        except ValueError as wrong:
            raise wrong if isinstance(wrong, ValidationError) else ValidationError("Not a valid URL.") from None
        if len(url) > 500 or has_user:
            raise ValidationError("An address has at most 500 characters and no user information.")
        return url


class Origin(Patterned):
    """An origin as browsers say it (RFC 6454): scheme, host, perhaps a port, in lower case; http on this machine alone."""

    def __init__(self, **options: Any) -> None:
        wanted = "An origin is https:// and a host in lower case, perhaps a port, and nothing behind: https://www.example.org."
        host = r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"
        pattern = rf"(https://{host}|http://(localhost|127\.0\.0\.1))(:[1-9]\d{{0,4}})?"
        super().__init__(pattern, wanted, options.pop("example", "https://www.example.org"), **options)


class TimeZone(fields.String):
    """The name of an IANA time zone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**_options("America/New_York", options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        name: str = super()._deserialize(value, *rest, **more)
        if name not in zones():
            raise ValidationError("This is not the name of an IANA time zone.")
        return name


@cache
def zones() -> frozenset[str]:
    """The zones that can really be loaded: some names of the directory are no zones."""
    return frozenset(name for name in available_timezones() if name not in ("localtime", "Factory") and ZoneInfo(name))


class Many(fields.List[Any]):
    """A list of at most `most`; `distinct`: nothing stands twice, or, by a name, no two objects have the same there."""

    def __init__(self, inner: Any, most: int = 100, *, least: int = 0, distinct: bool | str = False, **options: Any) -> None:
        self._distinct = distinct
        example = options.pop("example", [inner.metadata.get("example")])
        if distinct is True:
            options["metadata"] = {"uniqueItems": True, **options.get("metadata", {})}
        super().__init__(inner, validate=validate.Length(least or None, most), **_options(example, options))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> list[Any]:
        found: list[Any] = super()._deserialize(value, *rest, **more)
        if self._distinct:
            name = self._distinct if isinstance(self._distinct, str) else None
            values = [one[name] if name else one for one in found]
            twice = [place for place, one in enumerate(values) if one in values[:place]]
            if twice:
                said = ["This stands twice."]
                raise ValidationError({place: {name: said} if name else said for place in twice})
        return found


class File(fields.Field[Any]):
    """A file, of a form."""

    def __init__(self, **options: Any) -> None:
        shape = {"type": "string", "format": "binary"}
        super().__init__(load_only=True, **_options("%PDF-1.7 ...", {"metadata": shape, **options}))

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> Received:
        if not isinstance(value, Received):
            raise ValidationError("This is a file: send it with a file name.")
        return value


class Computed(fields.Raw):
    """What is worked out for the answer; documented by `shape`, a JSON schema."""

    def __init__(self, example: object, shape: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__(dump_only=True, **_options(example, {"metadata": shape or {}, **options}))
