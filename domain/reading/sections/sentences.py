"""Sentences, lists within a line, and sentences with two amounts: one promise after the other."""

import re
from collections.abc import Iterator
from itertools import pairwise

from domain.frequency import frequencies
from domain.vocabulary import all_roles

_SENTENCE_END = re.compile(r"(?<=[A-Za-z0-9)%\"”’][.!?])\s+(?=[A-Z(\"“☒☐])|(?<=[.!?][\"”])\s+(?=[A-Z])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:min|hr|hrs|mins|approx|wk|mo|yr|Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|ed|Ed|gen|Gen|sp|Sp|reg|Reg|rm|w|incl"
    r"|dept|Jr|Sr|asst|Asst|[A-Z])\.)$"
)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence and where it begins."""
    last = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATED.search(text[last : match.start()]):
            continue
        yield last, text[last : match.start()]
        last = match.end()
    if text[last:].strip():
        yield last, text[last:]


_GETS = re.compile(
    r"^(?:the student|student|[A-Z][\w'’-]+|he|she|they)\s+(?:will (?:also )?(?:have|get|receive|use|be given"
    r"|be provided(?: with)?|be allowed)|gets|receives|has|uses|may (?:have|use)|is given"
    r"|needs)\s+(?:access to\s+)?(?=\S)",
    re.IGNORECASE,
)


def listed_in(sentence: str, start: int, *, is_item: bool) -> Iterator[tuple[int, str]]:
    """A list within a line: "extra time; a quiet room; notes before class"."""
    if re.search(r"\d{1,2}/\d{1,2}/\d{2}", sentence):
        yield start, sentence
        return
    is_prose = re.search(r"\b(?:will|may|shall|can|must|is|are)\b", sentence.split(";")[0]) is not None
    pieces = list(_split_at((r"" if is_prose else r";\s+|") + r"\s+[•●▪■►➢]\s+|\s+\|\s+", sentence))
    if len(pieces) == 1 and not is_item:
        body = re.sub(r"\.$", "", sentence.strip())
        verb = _GETS.match(body)
        skip = verb.end() if verb else 0
        if verb:
            body = body[skip:]
        parts = list(_split_at(r",\s+(?:and\s+)?(?![^()]*\))", body))
        is_list = (
            len(parts) >= 3
            and all(1 <= len(part.split()) <= 9 for _, part in parts)
            and not re.search(r"\b(?:will|shall|is|are|may|can|should)\b", body)
        )
        if is_list:
            pieces = [(place + skip, part) for place, part in parts]
    for place, piece in pieces:
        words = re.sub(r"^(?:and\s+)?(?:\(?[a-h1-9][.)]\s+)?", "", piece.strip())
        if words:
            yield start + place + (len(piece) - len(piece.lstrip())), words


def _split_at(pattern: str, text: str) -> Iterator[tuple[int, str]]:
    last = 0
    for match in re.finditer(pattern, text):
        yield last, text[last : match.start()]
        last = match.end()
    yield last, text[last:]


_RELATIVE = re.compile(r",\s+(?:who|which)\s+(?:then |also |will |shall )*", re.IGNORECASE)


def by_amounts(sentence: str, start: int) -> Iterator[tuple[int, str]]:
    """A sentence with two amounts is two promises, each with its words."""
    relative = _RELATIVE.search(sentence)
    found = [
        each for each in frequencies(sentence) if each.minutes is not None or (each.times is not None and each.per is not None)
    ]
    if relative and any(each.start >= relative.end() for each in found):
        first = sentence[: relative.start()]
        whom = re.search(
            r"(?:\b(?:the|a|an|by|from|with)\s+)?([A-Za-z][\w-]*(?:\s+(?!the\b|from\b|by\b|with\b)[a-z][\w-]*){0,3})$", first
        )
        yield start, first
        who = re.split(r"\b(?:the|a|an|by|from|with)\s+", whom.group(0))[-1] if whom else ""
        place = relative.start() - len(who)
        yield start + place, f"{who} {sentence[relative.end() :]}"
        return
    if len(found) < 2 or (";" in sentence and len(found) < 2):
        yield start, sentence
        return
    cuts: list[int] = []
    for one, other in pairwise(found):
        gap = sentence[one.end : other.start]
        cut = None
        for pattern in (
            r";\s*",
            r",?\s+and,?\s+(?:also )?",
            r",?\s+plus\s+",
            r",?\s+as well as\s+",
            r",\s+",
            r"\s+/\s+",
            r"\.\s+",
        ):
            matches = list(re.finditer(pattern, gap))
            if matches:
                cut = one.end + matches[0].end() if pattern != r",\s+" else one.end + matches[-1].end()
                break
        if cut is not None:
            cuts.append(cut)
    if not cuts:
        yield start, sentence
        return
    edges = [0, *cuts, len(sentence)]
    head = ""
    for index, (begin, end) in enumerate(pairwise(edges)):
        words = re.sub(r"(?:[,;]|\band\b|\bplus\b)\s*$", "", sentence[begin:end].strip()).strip(" ,;")
        if index == 0:
            head = words
        elif (subject := _subject(head)) and re.match(
            r"(?:then |also )?(?:(?:in|at) the [\w ]{3,25},? )?(?:then |also )?(?:will|shall|consults?|meets?|works?"
            r"|provides?|trains?|gives?|sees?)\b",
            words,
        ):
            words = f"{subject}, {words}" if re.match(r"(?:in|at)\b", words) else f"{subject} {words}"
        elif not has_name(words):
            # "Speech: 30 minutes weekly, and 15 minutes monthly of consultation": the second half needs the name.
            name = _name_before(head)
            words = f"{name}: {words}" if name else words
        elif (giver := _giver(head)) and not all_roles(words):
            # "The pathologist will deliver 60 minutes of therapy and 20 minutes of consultation": of both.
            words = f"{words}, {giver}"
        yield start + begin, words


def _subject(head: str) -> str:
    """Who acts, at the beginning of a sentence."""
    roles = all_roles(head)
    return (
        head[: roles[0][2]] if roles and roles[0][1] <= 8 and re.match(r"\s+(?:will|shall|\w+s\b)", head[roles[0][2] :]) else ""
    )


def _giver(head: str) -> str:
    """Who gives what the sentence goes on with."""
    who = _subject(head)
    gives = who and re.match(r"\s+(?:(?:will|shall)\s+)?(?:also\s+)?(?:deliver|provide|give|offer|teach)s?\b", head[len(who) :])
    return re.sub(r"^(?:the|an?)\s+", "", who, flags=re.IGNORECASE) if gives else ""


def has_name(words: str) -> bool:
    """Whether words say what is given, besides how much, how and by whom."""
    rest = words
    for _, start, end in reversed(all_roles(words)):
        # Who gives it is no name of it.
        if re.search(r"\b(?:by|from|with) (?:the |an? |his |her )?$", words[:start], re.IGNORECASE):
            rest = rest[:start] + " " * (end - start) + rest[end:]
    for each in reversed(frequencies(words)):
        rest = rest[: each.start] + rest[each.end :]
    left = re.sub(
        r"\b(?:direct|indirect|consult\w*|individual\w*|group|small|in|out|of|the|a|an|class|classroom|by|with|for|and"
        r"|per|outside|inside|general|education|special|setting|room|each|session|sessions|pull|push|teacher|slp"
        r"|therapist|pathologist|ot|pt)\b|[\W\d]+",
        " ",
        rest,
        flags=re.IGNORECASE,
    )
    return len(left.split()) >= 1


def _name_before(head: str) -> str:
    match = re.match(r"^([^:;,\d]{2,60}):", head)
    if match:
        return match.group(1).strip()
    found = frequencies(head)
    name = head[: found[0].start] if found else head
    return re.sub(r"(?:\bfor\b|\bwill receive\b|[,;:–—-])\s*$", "", name.strip()).strip()
