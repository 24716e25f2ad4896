"""A mail that came in, read: from whom, when, answering what, in which words, with what attached.

Whoever writes to us may send anything: nothing here raises, everything is bounded, and what cannot be read is said to be so;
the mail itself is kept as it came. Headers are read by the forgiving policy of the standard library, since the other one
raises on what spam and old programs write.
"""

import codecs
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from email import message_from_bytes, message_from_string, policy
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from domain.delivery_report import Report
from domain.email_address import EmailInvalid, identity, normalized
from domain.file_type import PICTURES, FileRefused, FileType, sniffed
from domain.inbound_mail import Attachment, Incoming, Original, Sender
from mail.quoted import own_words

MOST_BYTES = 25 * 2**20
# So many parts, and so deep, no person's mail ever was.
MOST_PARTS = 1000
MOST_NESTED = 100
MOST_MARKS = 10_000
MOST_LINES = 500_000
MOST_HEAD_BYTES, MOST_HEAD_LINES = 256 * 2**10, 3000
MOST_ATTACHMENTS = 50
MOST_DOCUMENTS = 20
# Below this size a picture that the text of a mail shows is a logo or a face.
SMALLEST_PICTURE = 32 * 2**10
MOST_REPORTS = 50
LONGEST_TEXT = 200_000
LONGEST_HTML = 500_000
_LONGEST_HEADER = 4000
_LONGEST_LINE = 300
_MOST_REFERENCES = 50
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# In ASCII: it stands in a header of ours when we answer.
# Without encoded words, which would be read there.
_MAIL_ID = re.compile(r"<(?:[!-;?-~]|=(?!\?)){1,250}>")
# Codecs that are none of texts, or take long for long ones.
_NO_CHARSETS = frozenset(("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"))
# Of RFC 3463: class, subject, detail.
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
# A mail that is brought back, or its head; in UTF-8 those of RFC 6533.
_RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_BULK = frozenset(("auto_reply", "auto-reply", "bulk", "junk", "list"))
_AUTOMATIC_SUBJECT = re.compile(
    r"(auto(matic|mated)?[ -]?(reply|response)|out of (the )?office|away from (my|the) (desk|office|mail)|on vacation|"
    r"respuesta autom[aá]tica|fuera de (la )?oficina|undeliver|delivery (status|failure|has failed)|mail delivery|"
    r"returned mail|failure notice|no entregado)",
    re.IGNORECASE,
)
_ROBOTS = frozenset(("mailer-daemon", "postmaster", "no-reply", "noreply", "donotreply", "do-not-reply"))
# What mail servers put before a subject: "[EXTERNAL] ".
_TAGS = r"\s{0,10}(?:\[[^\]\n]{1,30}\]\s{0,10}){0,3}"
_FORWARDED_SUBJECT = re.compile(_TAGS + r"(?:fwd?|wg|rv|reenv|tr)\s{0,3}:", re.IGNORECASE)
_ANSWERED_SUBJECT = re.compile(_TAGS + r"(?:re|aw|sv|antw|resp?)\s{0,3}(?:\[\d{1,3}\]\s{0,3})?:", re.IGNORECASE)
# "Original message" stands above what is forwarded, and in some programs above what is answered too: it is no sign of either.
_FORWARDED_TEXT = re.compile(
    r"^[* \t]{0,10}(?:-{2,20} ?(?:forwarded message|mensaje reenviado) ?-{2,20}"
    r"|begin forwarded message:|inicio del mensaje reenviado:)[* \t]{0,10}$",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL_BELOW = re.compile(
    r"^[>* \t]{0,10}(?:-{2,20} ?(?:forwarded message|original message|mensaje reenviado|mensaje original) ?-{2,20}"
    r"|begin forwarded message:|inicio del mensaje reenviado:)[* \t]{0,10}$",
    re.IGNORECASE | re.MULTILINE,
)
_FROM_LINE = re.compile(r"^[>* \t]{0,10}(?:from|de):[* \t]{0,4}(.{1,300})$", re.IGNORECASE | re.MULTILINE)
_DATE_LINE = re.compile(
    r"^[>* \t]{0,10}(?:date|sent|fecha|enviado(?: el)?):[* \t]{0,4}(.{1,100})$", re.IGNORECASE | re.MULTILINE
)
_SUBJECT_LINE = re.compile(r"^[>* \t]{0,10}(?:subject|asunto):[* \t]{0,4}(.{1,300})$", re.IGNORECASE | re.MULTILINE)
_MONTHS = ("jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep", "oct", "nov", "dec dic")
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WORD = re.compile(r"[^\W\d_]{3,12}")
_NUMBER = re.compile(r"(?<![\d:])\d{1,4}(?![\d:])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?(?:\s?([ap])\.?\s?m\b)?", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "br",
        "tr",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "hr",
        "pre",
        "blockquote",
        "section",
    )
)
_HIDDEN = frozenset(("script", "style", "head", "title", "template", "noscript"))
_TAG_NAME = re.compile(r"/?([a-z0-9]{1,20})", re.IGNORECASE)


def read(raw: bytes, *, with_files: bool = True) -> Incoming:
    """What can be read of a mail as it came. Never raises."""
    try:
        return _read(raw, with_files)
    except Exception:
        # Whatever it is, somebody looks at it: it is kept as it came, and waits.
        return Incoming(is_readable=False)


def recipients(raw: bytes) -> str:
    """All that its headers say of whom it is for."""
    unfolded = re.sub(r"\r?\n[ \t]", " ", _head(raw).decode("latin-1"))
    names = ("delivered-to:", "x-original-to:", "envelope-to:", "x-forwarded-to:", "to:", "cc:", "resent-to:")
    return "\n".join(line for line in unfolded.splitlines() if line.lower().startswith(names))


def _head(raw: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", raw[:MOST_HEAD_BYTES], maxsplit=1)[0]


def _read(raw: bytes, with_files: bool) -> Incoming:
    if _is_a_bomb(raw):
        head = _of_head(message_from_bytes(_head(raw)[: 64 * 2**10] + b"\n\n", policy=policy.compat32))
        return Incoming(is_readable=False, **head)
    mail = message_from_bytes(raw, policy=policy.compat32)
    parts = list(_parts(mail))
    text = _text_of(parts)
    head = _of_head(mail)
    subject = head["subject"] or ""
    inner = next((part for part in parts if part.get_content_type() == "message/rfc822"), None)
    automatic = _automatic(mail, subject, head["sender"])
    is_forward = _FORWARDED_SUBJECT.match(subject) or (
        not _ANSWERED_SUBJECT.match(subject) and (inner is not None or _FORWARDED_TEXT.search(text))
    )
    original = _original(inner, text) if is_forward and not automatic else None
    reports = _reports(parts) if mail.get_content_type() == "multipart/report" else ()
    if reports:
        head["answers"] = tuple(dict.fromkeys((*_returned(parts), *head["answers"])))
    return Incoming(
        **head,
        reports=reports,
        original=original,
        text=text,
        # Whoever forwards means what is below too.
        own_words=text if original else own_words(text),
        automatic=automatic or ("automatic" if original and original.is_automatic else None),
        attachments=tuple(_attachments(parts)) if with_files else (),
    )


def _is_a_bomb(raw: bytes) -> bool:
    """Whether to take it apart would cost more than any person's mail ever does: the parser makes something of each line,
    more of each part, and goes down into what lies within."""
    head = _head(raw)
    if len(head) >= MOST_HEAD_BYTES or head.count(b"\n") > MOST_HEAD_LINES:
        return True
    if len(raw) > MOST_BYTES or raw.count(b"\n") > MOST_LINES or raw.count(b"\n--") > MOST_MARKS:
        return True
    return sum(1 for _ in re.finditer(rb"boundary\s{0,5}=|message/", raw, re.IGNORECASE)) > MOST_NESTED


def _of_head(mail: Message) -> dict[str, Any]:
    mail_ids = _MAIL_ID.findall(_header(mail, "Message-ID"))
    answered = [*_MAIL_ID.findall(_header(mail, "In-Reply-To")), *reversed(_MAIL_ID.findall(_header(mail, "References")))]
    return {
        "sender": _sender(_header(mail, "From")),
        "subject": _header(mail, "Subject")[:_LONGEST_LINE] or None,
        "mail_id": mail_ids[0] if mail_ids else None,
        "answers": tuple(dict.fromkeys(answered[:_MOST_REFERENCES])),
        "sent_at": _instant(_header(mail, "Date")),
        "authentication_results": "\n".join(_headers(mail, "Authentication-Results"))[:2000] or None,
    }


def _parts(mail: Message) -> Iterator[Message]:
    """Its parts, in order; what is attached as a mail of its own is one part."""
    waiting: list[Message] = [mail]
    given = 0
    while waiting and given < MOST_PARTS:
        part = waiting.pop()
        inside = part.get_payload() if part.is_multipart() else None
        if isinstance(inside, list) and part.get_content_maintype() == "multipart":
            waiting.extend(one for one in reversed(inside[:MOST_PARTS]) if isinstance(one, Message))
            continue
        given += 1
        yield part


def _headers(mail: Message, name: str) -> list[str]:
    return [_plain_header(value) for value in (mail.get_all(name) or [])[:5]]


def _header(mail: Message, name: str) -> str:
    return next(iter(_headers(mail, name)), "")


def _plain_header(value: object) -> str:
    """A header in one line, decoded as far as it can be."""
    raw = str(value)[:_LONGEST_HEADER]
    try:
        pieces = [_in_charset(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in decode_header(raw)]
    except Exception:
        pieces = [raw]
    return " ".join(printable("".join(pieces)).split())


def printable(text: str) -> str:
    """The text without what PostgreSQL cannot hold and no screen can show; lines end with one sign."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _in_charset(content: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8"):
        try:
            if name and codecs.lookup(name).name not in _NO_CHARSETS:
                return content.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _sender(value: str) -> Sender:
    try:
        named = getaddresses([value[:_LONGEST_HEADER]])
    except Exception:
        named = []
    for name, address in named:
        with suppress(EmailInvalid):
            return Sender(normalized(address), name[:200].strip() or None)
    return Sender("", value[:200] or None)


def _instant(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware.astimezone(UTC) if 1990 <= aware.year <= 2199 else None
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _automatic(mail: Message, subject: str, sender: Sender) -> str | None:
    """Whether a program wrote it (RFC 3834, RFC 6522): such a mail answers nothing."""
    if mail.get_content_type() == "multipart/report" or _header(mail, "Return-Path") == "<>":
        return "bounce"
    local = sender.address.partition("@")[0].lower()
    if local in ("mailer-daemon", "postmaster"):
        return "bounce"
    told = _header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    marks = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "X-Failed-Recipients")
    is_automatic = (
        told not in ("", "no")
        or _header(mail, "Precedence").lower() in _BULK
        or any(mail.get(mark) is not None for mark in marks)
        or local in _ROBOTS
        or _says_automatic(subject)
    )
    return "automatic" if is_automatic else None


def _reports(parts: Iterable[Message]) -> tuple[Report, ...]:
    """What a mail server reports of each recipient (RFC 3464): fields for the mail, then fields for each of them."""
    reports: list[Report] = []
    for part in parts:
        for block in _blocks(part):
            if block.get("Final-Recipient") is None:
                continue
            named = [_recipient(_header(block, name)) for name in ("Original-Recipient", "Final-Recipient")]
            action = _header(block, "Action").partition(" ")[0].lower()
            status = found[0] if (found := _STATUS.match(_header(block, "Status"))) else ""
            reports.append(Report(tuple(one for one in named if one), action, status))
    return tuple(reports[:MOST_REPORTS])


def _blocks(part: Message) -> list[Message]:
    """Blocks of fields, as a report has them. Those that may be in UTF-8 (RFC 6533) are one mail to the parser, not several."""
    inside = part.get_payload()
    if part.get_content_type() == "message/delivery-status" and isinstance(inside, list):
        return [block for block in inside[: MOST_REPORTS + 1] if isinstance(block, Message)]
    if part.get_content_type() != "message/global-delivery-status":
        return []
    blocks = re.split(r"\r?\n\r?\n", _unwrapped(part).decode("utf-8", "replace").strip(), maxsplit=MOST_REPORTS + 1)
    return [message_from_string(f"{block}\n\n", policy=policy.compat32) for block in blocks[: MOST_REPORTS + 1]]


def _unwrapped(part: Message) -> bytes:
    """What is in a part, encoded or not: the parser leaves what is encoded in one that is a mail."""
    content = _content(part)
    if part.get_content_maintype() == "message" and (encoding := part.get("Content-Transfer-Encoding")):
        encoded = Message()
        encoded["Content-Transfer-Encoding"] = encoding
        encoded.set_payload(content.decode("ascii", "surrogateescape"))
        return _content(encoded)
    return content


def _recipient(value: str) -> str | None:
    """The identity of an address behind its type: "rfc822; terry@school.example"."""
    with suppress(EmailInvalid):
        return identity(value.rpartition(";")[2].strip().strip("<>"))
    return None


def _returned(parts: Iterable[Message]) -> list[str]:
    """The Message-ID of the mail that a report brings back, whole or its head alone."""
    for part in parts:
        if part.get_content_type() in _RETURNED:
            head = message_from_bytes(_head(_unwrapped(part).lstrip()) + b"\n\n", policy=policy.compat32)
            return _MAIL_ID.findall(_header(head, "Message-ID"))[:1]
    return []


def _says_automatic(subject: str) -> bool:
    """Whether a program named it so, for others to forward."""
    for _ in range(3):
        if (found := _FORWARDED_SUBJECT.match(subject)) is None:
            break
        subject = subject[found.end() :]
    return bool(_AUTOMATIC_SUBJECT.match(subject.strip()))


def _is_file(part: Message) -> bool:
    if part.get_content_maintype() == "multipart":
        # It said that it has parts, and has none: what stands there is its words.
        return False
    return bool(
        part.get_content_disposition() == "attachment"
        or _file_name(part)
        or part.get_content_type() not in ("text/plain", "text/html")
    )


def _file_name(part: Message) -> str:
    try:
        return _plain_header(part.get_filename() or "")[:200]
    except Exception:
        return "without a name"


def _text_of(parts: Iterable[Message]) -> str:
    """The words of a mail: its plain texts, or where there are none, its web pages as text."""
    plain: list[str] = []
    pages: list[str] = []
    for part in parts:
        if _is_file(part):
            continue
        kind = part.get_content_subtype()
        if kind == "html":
            pages.append(_decoded(part)[:LONGEST_HTML])
        elif sum(map(len, plain)) < LONGEST_TEXT:
            plain.append(_decoded(part))
    words = "\n\n".join(one.strip() for one in plain if one.strip())
    if not words:
        words = "\n\n".join(text_of_page(page) for page in pages[:5])
    return words.strip()[:LONGEST_TEXT]


def _decoded(part: Message) -> str:
    content = _content(part)[: 4 * LONGEST_HTML]
    return printable(_in_charset(content, part.get_content_charset()))


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except Exception:
        content = None
    if isinstance(content, bytes):
        return content
    if part.get_content_maintype() == "message":
        inside = part.get_payload() if part.is_multipart() else None
        if isinstance(inside, list) and inside and isinstance(inside[0], Message):
            try:
                return inside[0].as_bytes()
            except Exception:
                return b""
    return b""


def text_of_page(page: str) -> str:
    """A web page as text: its words, in lines; quotes as in a text, with > before each line."""
    lines: list[str] = []
    line: list[str] = []
    depth, hidden = 0, None

    def end_line() -> None:
        words = " ".join("".join(line).split())
        line.clear()
        if words or (lines and lines[-1].strip("> ")):
            lines.append(("> " * min(depth, 5)) + words)

    for number, piece in enumerate(page.split("<")):
        tag, _, text = piece.partition(">") if number else ("", "", piece)
        name = (found[1].lower() if (found := _TAG_NAME.match(tag)) else "") if number else ""
        is_end = tag.startswith("/")
        if hidden:
            if is_end and name == hidden:
                hidden = None
                line.append(html.unescape(text))
            continue
        if name in _HIDDEN and not is_end and not tag.endswith("/"):
            hidden = name
            continue
        if name in _BLOCKS:
            end_line()
        if name == "blockquote":
            depth = max(0, depth + (-1 if is_end else 1))
        if not tag.startswith("!--"):
            line.append(html.unescape(text))
    end_line()
    return printable("\n".join(lines)).strip()


def _original(inner: Message | None, text: str) -> Original:
    """What was forwarded."""
    if inner is not None:
        inside = inner.get_payload() if inner.is_multipart() else None
        if not (isinstance(inside, list) and inside and isinstance(inside[0], Message)):
            return Original()
        first = inside[0]
        head = _of_head(first)
        sender = head["sender"] if head["sender"].address else None
        is_automatic = _automatic(first, head["subject"] or "", head["sender"]) is not None
        return Original(sender, head["answers"], head["sent_at"], own_words(_text_of(_parts(first))), is_automatic)
    ruler = _MAIL_BELOW.search(text)
    line = _FROM_LINE.search(text, ruler.end() if ruler else 0)
    if line is None:
        return Original()
    after = "\n".join(one.lstrip("> ") for one in text[line.end() :].split("\n"))
    rest, _, words = after.partition("\n\n")
    # Some programs write the date above the sender, and some below.
    head_lines = text[ruler.end() if ruler else line.start() : line.end()] + rest
    dated, named = _DATE_LINE.search(head_lines), _SUBJECT_LINE.search(head_lines)
    is_automatic = bool(named and _says_automatic(named[1]))
    sender = None
    if address := _ADDRESS.search(line[1]):
        name = line[1].partition("<")[0].partition("[")[0].strip(" *\"'") or None
        named_so = name and name.isprintable() and '"' not in name
        sender = _sender(f'"{name}" <{address[0]}>' if named_so else address[0])
    return Original(sender, (), _instant_on_the_wall(dated[1]) if dated else None, own_words(words.strip()), is_automatic)


def _instant_on_the_wall(words: str) -> datetime | None:
    """When, as mail programs write it above what they forward, in English or Spanish: "Mon, Oct 5, 2026 at 9:00 AM". None where
    month and day are both numbers, since nobody can tell which is which."""
    # The last: a Spanish Tuesday ("martes") begins like March, and stands first.
    month = next((found for one in reversed(_WORD.findall(words)) if (found := _MONTH.get(one[:3].lower()))), None)
    clock = _CLOCK.search(words)
    numbers = [int(one) for one in _NUMBER.findall(words)]
    day = next((one for one in numbers if 1 <= one <= 31), None)
    year = next((one for one in numbers if 1990 <= one <= 2199), None)
    if month is None or clock is None or day is None or year is None:
        return None
    hour = int(clock[1])
    if clock[3]:
        hour = hour % 12 + (12 if clock[3].lower() == "p" else 0)
    try:
        return datetime.combine(date(year, month, day), time(hour, int(clock[2])))
    except ValueError:
        return None


def _attachments(parts: Sequence[Message]) -> Iterator[Attachment]:
    taken = 0
    found = [part for part in parts if _is_file(part)]
    for part in found[:MOST_ATTACHMENTS]:
        media_type = printable(part.get_content_type())[:100]
        name = _file_name(part)
        content = _content(part)
        if media_type == "message/rfc822":
            why_not = "It stays in the mail: it is a mail itself."
            yield Attachment(name or "forwarded message", media_type, content, why_not=why_not)
            continue
        if taken >= MOST_DOCUMENTS:
            too_many = "It stays in the mail: there are more than are taken out of one."
            yield Attachment(name or "without a name", media_type, content, why_not=too_many)
            continue
        file_type, refused = _sniffed(name, media_type, content)
        if file_type in PICTURES and part.get("Content-ID") and len(content) < SMALLEST_PICTURE:
            file_type, refused = None, "It stays in the mail: it is a small picture of its text, such as a sign of its sender."
        taken += file_type is not None
        yield Attachment(name or "without a name", media_type, content, file_type, refused)
    if more := found[MOST_ATTACHMENTS:]:
        why_not = f"They stay in the mail: its first {MOST_ATTACHMENTS} files are listed."
        at_least = "at least " if len(parts) >= MOST_PARTS else ""
        content = b"".join(map(_content, more))
        yield Attachment(f"{at_least}{len(more)} more files", "application/octet-stream", content, why_not=why_not)


def _sniffed(name: str, media_type: str, content: bytes) -> tuple[FileType | None, str | None]:
    try:
        found = sniffed(content, name=name)
    except FileRefused as why:
        return None, f"It stays in the mail: {why}"
    except Exception:
        return None, "It stays in the mail: it cannot be read."
    # A calendar is a text as well, and no document.
    if found == "txt" and not (media_type == "text/plain" or name.lower().endswith(".txt")):
        return None, "It stays in the mail: it is a text of another kind than documents are."
    return found, None
