"""The words of a letter: a template in Liquid, ours or the practice's own, filled from a case.

What a practice writes runs in a sandbox: a few tags and filters, no other templates, no clock, no ranges, and limits on
loops, depth, what is kept and what comes out. It sees nothing but the names that `domain.letter_case` lists, and a name
that is not among them is refused at its line when the wording is saved.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any

from liquid import BoundTemplate, Environment, RenderContext, StrictUndefined
from liquid.ast import Node
from liquid.builtin import content, illegal, output
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.builtin.filters import array, misc, string
from liquid.builtin.tags import assign_tag, capture_tag, case_tag, comment_tag, for_tag, if_tag, unless_tag
from liquid.exceptions import LiquidError, LoopIterationLimitError, OutputStreamLimitError
from liquid.expression import Expression
from liquid.undefined import Undefined

from domain.letter_case import made_up, names
from domain.letters import MOST_BODY, MOST_SUBJECT, MOST_WORDING, LetterTemplate
from domain.refusal import FieldError, Invalid

_PAPERS = Path(__file__).parent / "papers"
MOST_ITERATIONS = 1000
MOST_NESTED = 8
MOST_IN_A_TAG = 300
_LABELLED = re.compile(r"""\bor_blank *: *(?:"([^"]+)"|'([^']+)')""")
# Around the label of a blank until it is shown, and behind a line that holds a tag alone: neither is a character.
_BLANK, _BLANK_ENDS, _NO_LINE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKS_OF_OURS = re.compile(f"[{_BLANK}{_BLANK_ENDS}{_NO_LINE}]")
TOO_LONG = f"It comes to more than {MOST_BODY} characters."


class WordingRefused(Invalid):
    """A template that cannot be filled; `errors` says where and why."""

    def __init__(self, sentence: str, errors: Sequence[FieldError]) -> None:
        super().__init__(sentence, errors)
        self.errors = list(errors)


@dataclass(frozen=True)
class Wording:
    """A template's words: of a subject, which is one line and names no child, and of a body."""

    subject: str
    body: str


@dataclass(frozen=True)
class Filled:
    """What a template came to, and the labels of what nobody knew, which stand in brackets there."""

    subject: str
    body: str
    blanks: tuple[str, ...]


@cache
def standard(template: str, language: str) -> Wording:
    """Our own words: the first line of the file is the subject."""
    first, _, rest = (_PAPERS / language / f"{template}.liquid").read_text("utf-8").partition("\n")
    return Wording(first.removeprefix("Subject: "), rest.lstrip("\n"))


def filled(wording: Wording, variables: Mapping[str, Any]) -> Filled:
    """The letter of these words. Raises `WordingRefused`."""
    errors: list[FieldError] = []
    said = {}
    for place, text in (("subject", wording.subject), ("body", wording.body)):
        try:
            said[place] = _rendered(_unmarked(text), _unmarked(variables))
        except _Refused as why:
            errors.append({"pointer": f"/{place}", "detail": str(why)})
    if errors:
        raise WordingRefused("This wording cannot be filled.", errors)
    subject, body = " ".join(said["subject"].split())[:MOST_SUBJECT], _tidied(said["body"])
    blanks = [*_labels(subject), *_labels(body)]
    return Filled(_shown(subject), _shown(body), tuple(dict.fromkeys(blanks)))


def _unmarked(said: Any) -> Any:
    """Without the marks of ours, which somebody may have typed."""
    if isinstance(said, str):
        return _MARKS_OF_OURS.sub("", said)
    if isinstance(said, Mapping):
        return {name: _unmarked(value) for name, value in said.items()}
    return [_unmarked(one) for one in said] if isinstance(said, list | tuple) else said


def checked(template: LetterTemplate, language: str, wording: Wording) -> Filled:
    """The words on a made-up case. Raises `WordingRefused` at the place of every name that this template does not know, and
    of whatever else is wrong with them."""
    errors: list[FieldError] = []
    for place, text in (("subject", wording.subject), ("body", wording.body)):
        known = names(template, in_subject=place == "subject")
        errors += [{"pointer": f"/{place}", "detail": detail} for detail in _unknown(text, known)]
    if errors:
        raise WordingRefused("Not all of these words can be filled.", errors)
    found = filled(wording, made_up(template, language))
    if not found.subject or not found.body:
        place = "/body" if found.subject else "/subject"
        raise WordingRefused("There would be nothing in it.", [{"pointer": place, "detail": "There would be nothing in it."}])
    return found


def labels(wording: Wording) -> Iterator[str]:
    """The labels of the blanks that these words can make."""
    for found in _LABELLED.finditer(f"{wording.subject}\n{wording.body}"):
        yield _label(found[1] or found[2])


class _Refused(Exception):
    """What is wrong with a text, and in which line."""


class _Context(RenderContext):
    """Counts all loops of a template together: a thousand short loops are as long as one long one."""

    iterations = 0

    def loop(self, namespace: Any, forloop: Any) -> Any:
        self.iterations += forloop.length
        if self.iterations > MOST_ITERATIONS:
            raise LoopIterationLimitError("loop iteration limit reached", token=None)
        return super().loop(namespace, forloop)


class _Template(BoundTemplate):
    context_class = _Context


class _Sandbox(Environment):
    template_class = _Template
    block_nesting_limit = MOST_NESTED
    context_depth_limit = 2 * MOST_NESTED
    loop_iteration_limit = MOST_ITERATIONS
    local_namespace_limit = 4 * MOST_BODY
    output_stream_limit = 4 * MOST_BODY
    suppress_blank_control_flow_blocks = False

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """The few that letters need. No `date` (it reads the clock), no `replace` and `split` (they multiply)."""
        for tag in (
            *(content.Literal, output.Output, illegal.Illegal, comment_tag.CommentTag, assign_tag.AssignTag),
            *(if_tag.IfTag, unless_tag.UnlessTag, case_tag.CaseTag, capture_tag.CaptureTag),
            *(for_tag.ForTag, for_tag.BreakTag, for_tag.ContinueTag),
        ):
            self.add_tag(tag)
        for name, function in (
            *(("default", misc.default), ("size", misc.size), ("join", array.join)),
            *(("first", array.first), ("last", array.last), ("append", string.append), ("prepend", string.prepend)),
            *(("upcase", string.upcase), ("downcase", string.downcase), ("capitalize", string.capitalize)),
            *(("strip", string.strip), ("or_blank", _or_blank), ("sentence", _sentence), ("bare", _bare)),
        ):
            self.add_filter(name, _bounded(function))


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, which gives no more than a letter may hold."""

    @wraps(function)
    def bounded(*given: Any, **more: Any) -> Any:
        found = function(*given, **more)
        if isinstance(found, str) and len(found) > MOST_BODY:
            raise OutputStreamLimitError("output stream limit reached", token=None)
        return found

    return bounded


def _or_blank(value: object, label: object = "") -> object:
    """What is known; else a blank with this label."""
    is_known = value is not None and not isinstance(value, Undefined) and str(value).strip() != ""
    return value if is_known else f"{_BLANK}{_label(str(label)) or '...'}{_BLANK_ENDS}"


def _label(said: str) -> str:
    return " ".join(said.split())[:80]


def _sentence(value: object) -> str:
    """With a mark at its end, which it may have already."""
    said = "" if value is None or isinstance(value, Undefined) else str(value).strip()
    return said if not said or said.rstrip("\"'”’)")[-1:] in (".", "!", "?", "…", ":", ";") else f"{said}."


def _bare(value: object) -> str:
    """Without the full stop at its end."""
    return "" if value is None or isinstance(value, Undefined) else str(value).strip().rstrip(".")


_sandbox = _Sandbox(undefined=StrictUndefined)


def _parsed(text: str) -> BoundTemplate:
    """Raises `_Refused`."""
    if len(text) > MOST_WORDING:
        raise _Refused(f"A wording has at most {MOST_WORDING} characters.")
    _must_close(text)
    lines = text.replace("\r\n", "\n").split("\n")
    text = "\n".join(f"{line}{_NO_LINE}" if _is_tag(line.strip()) else line for line in lines)
    try:
        return _sandbox.from_string(text)
    except LiquidError as wrong:
        raise _Refused(_told(wrong)) from None
    except RecursionError:
        raise _Refused("It is nested too deeply.") from None


def _must_close(text: str) -> None:
    """Raises `_Refused` where something is begun before what was begun is closed, or is very long: with such a text the
    library goes back and forth for minutes."""
    open_at, wanted = 0, ""
    for found in _MARKS.finditer(text):
        if not wanted and found[0] in _CLOSED_BY:
            open_at, wanted = found.start(), _CLOSED_BY[found[0]]
        elif found[0] == wanted:
            wanted = ""
            if found.end() - open_at > MOST_IN_A_TAG:
                raise _Refused(f"Line {_line(text, open_at)}: a tag has at most {MOST_IN_A_TAG} characters.")
        elif wanted and found[0] in _CLOSED_BY:
            break
    if wanted:
        raise _Refused(f"Line {_line(text, open_at)}: what begins here is not closed with {wanted}.")


_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}")
_CLOSED_BY = {"{{": "}}", "{%": "%}"}


def _is_tag(line: str) -> bool:
    return line.startswith("{%") and line.endswith("%}") and line.count("{%") == 1 and "{{" not in line


def _rendered(text: str, variables: Mapping[str, Any]) -> str:
    parsed = _parsed(text)
    try:
        rendered = str(parsed.render(**variables))
    except LiquidError as wrong:
        raise _Refused(_told(wrong)) from None
    except RecursionError:
        raise _Refused("It is nested too deeply.") from None
    except (TypeError, ValueError, ArithmeticError, KeyError, IndexError, AttributeError):
        # What a filter or a comparison makes of values that it was not meant for.
        raise _Refused("Something in it is compared or filtered that cannot be.") from None
    if len(rendered) > MOST_BODY + 2000:
        raise _Refused(TOO_LONG)
    return rendered.replace(f"{_NO_LINE}\n", "").replace(_NO_LINE, "")


def _told(wrong: LiquidError) -> str:
    if isinstance(wrong, LoopIterationLimitError):
        return f"Its loops go round more than {MOST_ITERATIONS} times."
    if isinstance(wrong, OutputStreamLimitError):
        return TOO_LONG
    message = " ".join(str(wrong.message or "It cannot be read.").replace(_NO_LINE, "").split())[:200]
    try:
        place = wrong.context()
    except ValueError:
        place = None
    return f"Line {place[0]}: {message}" if place else message


def _tidied(text: str) -> str:
    """Without spaces at the ends of lines, and without more empty ones than a signature takes."""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        if line.strip() or lines[-4:] != [""] * 4:
            lines.append(line.rstrip())
    return "\n".join(lines)[: MOST_BODY + 2000]


def _labels(text: str) -> list[str]:
    return [part.partition(_BLANK_ENDS)[0] for part in text.split(_BLANK)[1:]]


def _shown(text: str) -> str:
    shown = text.replace(_BLANK, "[").replace(_BLANK_ENDS, "]")
    if len(shown) > MOST_BODY:
        raise WordingRefused(TOO_LONG, [{"pointer": "/body", "detail": TOO_LONG}])
    return shown


# What a text names.


def _unknown(text: str, known: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a text before it is filled: names and filters that nobody knows, and ranges."""
    try:
        parsed = _parsed(text)
        found = parsed.analyze(include_partials=False)
        ranges = [literal for node in parsed.nodes for literal in _ranges(node)]
    except _Refused as why:
        yield str(why)
        return
    except LiquidError as wrong:
        yield _told(wrong)
        return
    except RecursionError:
        yield "It is nested too deeply."
        return
    for places in found.globals.values():
        for one in places:
            if not _is_known(one.segments, known):
                yield f"Line {_line(text, one.span.index)}: nothing is known as {str(one)[:80]} here."
    for name, spans in found.filters.items():
        if name not in _sandbox.filters:
            yield f"Line {_line(text, spans[0].index)}: there is no filter {name[:40]}."
    if ranges:
        yield "A loop goes over a list of the letter, and not from one number to another."


def _is_known(segments: Any, known: Any) -> bool:
    """Whether a name leads somewhere: into an object by its names, into a list by `size`, `first`, `last` or a number."""
    for segment in segments:
        if isinstance(known, Mapping):
            if not isinstance(segment, str) or segment not in known:
                return False
            known = known[segment]
        elif isinstance(known, list):
            if not (isinstance(segment, int) or segment in ("size", "first", "last")):
                return False
            known = None if segment == "size" else known[0]
        else:
            return False
    return True


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, max(index, 0)) + 1


def _ranges(node: Node) -> Iterator[Expression]:
    for expression in node.expressions():
        yield from _ranges_in(expression)
    for child in node.children(_Context(_sandbox.from_string("")), include_partials=False):
        yield from _ranges(child)


def _ranges_in(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, RangeLiteral):
        yield expression
    for inner in expression.children():
        yield from _ranges_in(inner)
