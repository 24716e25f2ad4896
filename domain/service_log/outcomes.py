"""What a log says of a session, in words or as a code: sure only where it can mean one thing."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from domain.service_log.values import plain


class Meaning(NamedTuple):
    """An outcome, and of what was missed by whom; without an outcome the row is no entry, and left out."""

    outcome: str | None
    missed_by: str | None = None


# What can be said that a code means.
CHOICES: Mapping[str, Meaning] = {
    "delivered": Meaning("delivered"),
    "partial": Meaning("partial"),
    "made_up": Meaning("made_up"),
    "missed": Meaning("missed"),
    "missed_by_provider": Meaning("missed", "provider"),
    "missed_by_school": Meaning("missed", "school"),
    "student_absent": Meaning("student_absent"),
    "school_closed": Meaning("school_closed"),
    "left_out": Meaning(None),
}
_CODES = {"p": "delivered", "a": "student_absent", "sa": "student_absent", "pa": "missed_by_provider", "mu": "made_up"}
# What a code most likely means, and may not.
_LIKELY = {
    **dict.fromkeys(("x", "y", "yes", "si", "s", "d", "c", "✓", "✔", "√", "1"), "delivered"),
    **dict.fromkeys(("n", "no", "m", "cancelled", "canceled", "cx", "cancelada", "cancelado", "0"), "missed"),
    **dict.fromkeys(("ns", "h", "sc", "nc", "f"), "school_closed"),
    **dict.fromkeys(("t", "as", "ft"), "missed_by_school"),
    **dict.fromkeys(("sick", "ill", "enfermo", "enferma", "out", "u", "e", "a", "ab", "abs"), "student_absent"),
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STUDENT = _set(
    "student students stu child pupil parent parents family mom dad alumno alumna estudiante nino nina padre madre familia"
)
_PROVIDER = _set(
    "provider therapist teacher staff slp clinician counselor specialist para aide proveedor proveedora "
    "terapeuta maestro maestra personal especialista profesor profesora"
)
_WORDS: Mapping[str, frozenset[str]] = {
    "school_closed": _set("holiday closed closure snow vacation break feriado festivo vacaciones cerrada closedday"),
    "missed_by_school": _set(
        "testing test tests assembly trip fieldtrip drill asamblea examen examenes prueba pruebas excursion paseo simulacro"
    ),
    "missed_by_provider": _set("meeting reunion"),
    "delivered": _set(
        "present presente delivered provided completed held attended seen given impartida impartido realizada "
        "realizado dada brindada brindado asistio completada"
    ),
    "partial": _set("partial partially parcial shortened acortada"),
    "made_up": _set("makeup recuperada recuperacion repuesta reposicion"),
    "missed": _set("missed perdida notheld"),
}
_ABSENT = _set("absent absence ausente ausencia falto noshow")
_AWAY = _set("sick ill out enfermo enferma unavailable")
_CANCELLED = _set("cancelled canceled cancelada cancelado cancelo")
_NEGATIONS = _set(
    "no not never without unable half attempted intentada sin didn didnt wasn need needs needed owed due pending pendiente "
    "refused refuses refusal declined rehuso nego rechazo lost late early min mins minutes perdio tarde temprano minutos"
)
# Words that belong together; what says no within them says no more.
_PHRASES = (
    *((phrase, "closedday") for phrase in ("no school", "no hubo clases", "no hay clases", "sin clases", "dia no lectivo")),
    *((phrase, "noshow") for phrase in ("no show", "no se presento", "no asistio", "did not attend", "not present")),
    *((phrase, "makeup") for phrase in ("make up", "made up")),
    *((phrase, "notheld") for phrase in ("not held", "not provided", "not delivered", "not given", "no session", "no service")),
    *((phrase, "notheld") for phrase in ("no se dio", "no impartida", "no realizada", "no brindada", "no hubo sesion")),
    *((phrase, "fieldtrip") for phrase in ("field trip", "class trip", "school trip", "viaje escolar")),
    *((phrase, "") for phrase in ("no substitute", "no sub", "sin sustituto", "sin suplente")),
)
_DENYING = _ABSENT | _CANCELLED | _set("sick ill enfermo enferma notheld closedday")
# Reasons of a session that was not held.
_WHY = frozenset(("student_absent", "missed_by_provider", "missed_by_school", "school_closed"))
_BETWEEN, _EXPLAINED = re.compile("[,;|]"), re.compile(r"(?:^|(?<=\s))([^\s=]{1,6})\s*=")
_MOST_WORDS, LONGEST_CODE, LONGEST_LEGEND = 8, 120, 6
# What is shorter explains nothing: it is the next code.
_LEAST_WORDS = 4
_OTHERWISE = (
    frozenset(word for choice, those in _WORDS.items() if choice not in ("delivered", "made_up") for word in those)
    | _ABSENT
    | _AWAY
    | _CANCELLED
    | _set("no not sin")
)


@lru_cache(4096)
def meaning_of(said: str) -> str | None:
    """The choice that a code or a few words can only mean; None where they are not sure."""
    if len(said) > LONGEST_CODE:
        return None
    if (code := plain(said)) in _CODES:
        return _CODES[code]
    words = _words_of(said)
    if not words or len(words) > _MOST_WORDS or words & _NEGATIONS:
        return None
    claims = {choice for choice, those in _WORDS.items() if words & those}
    claims |= {claim} if (claim := _who_was_away(words)) else set()
    if claims & {"missed_by_school", "missed_by_provider", "student_absent", "school_closed"}:
        claims.discard("missed")
    if claims & {"partial", "made_up"}:
        claims.discard("delivered")
    # "Student present, provider absent": of two who are named, who was away is not sure.
    both = words & _STUDENT and words & _PROVIDER and words & (_ABSENT | _AWAY | _CANCELLED)
    unclear = both or (words & _AWAY and not words & (_STUDENT | _PROVIDER))
    return claims.pop() if len(claims) == 1 and not unclear else None


def _words_of(said: str) -> frozenset[str]:
    padded = f" {plain(said)} "
    for phrase, word in _PHRASES:
        padded = padded.replace(f" {phrase} ", f" {word} ")
    return frozenset(padded.split())


def _who_was_away(words: frozenset[str]) -> str | None:
    away = words & (_ABSENT | _AWAY | _CANCELLED)
    student, provider = bool(words & _STUDENT), bool(words & _PROVIDER)
    if not away:
        return None
    if "school" in words and words & _CANCELLED and not (student or provider):
        return "missed_by_school"
    if student and not provider:
        return "student_absent"
    if provider and not student:
        return "missed_by_provider"
    return "student_absent" if words & _ABSENT and not (student or provider) else None


def meaning_of_reason(code: str, comment: str) -> str | None:
    """What a comment makes sure of a code that leaves open why, or whose doing it was ("Cancelled", "Not held"), in one choice;
    None where it makes nothing sure."""
    choice = meaning_of(code) if code else None
    words = frozenset(plain(comment).split())
    if words and words <= _STUDENT | _PROVIDER:
        # A column that names whose doing it was.
        comment = f"cancelled {comment}"
    if choice is None and is_cancelled(code):
        comment = f"{code} {comment}"
    about = meaning_of(comment)
    return about if about in _WHY else None


@lru_cache(4096)
def is_cancelled(code: str) -> bool:
    """Whether it says that there was no session, and neither why nor whose doing that was."""
    words = frozenset(plain(code).split())
    return bool(words) and words <= _CANCELLED | {"session", "sesion"}


@lru_cache(4096)
def is_bare(code: str) -> bool:
    """Whether a code of absence does not say who was absent ("A", "Absent")."""
    words = frozenset(plain(code).split())
    return words.isdisjoint(_STUDENT) and bool(words & (_ABSENT | {"a"}))


def likely(said: str) -> str | None:
    """What to offer first where somebody is asked."""
    return _LIKELY.get(plain(said) or said.strip())


def speaks_of_none(said: str) -> bool:
    """Whether a comment may say that there was no session, or not a whole one: then it is asked what it means."""
    return not _OTHERWISE.isdisjoint(plain(said).split())


def denies(comment: str) -> bool:
    """Whether a comment may deny that a session was given, whatever its code says; a lesson may be about a test or a trip."""
    return not _DENYING.isdisjoint(_words_of(comment))


def legend_in(cells: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> dict[str, str | None]:
    """Codes that a log explains itself ("SA = student absent"), each with what it can only mean there; None where what the log
    says of it is not sure. `pairs` are codes and words that stand side by side.
    """
    found: dict[str, str | None] = {}
    explained = ((code, words) for cell in cells for part in _BETWEEN.split(cell[:500]) for code, words in _explained(part))
    for code, words in (*explained, *pairs):
        key, choice = code.casefold(), meaning_of(words)
        if 0 < len(code) <= LONGEST_LEGEND and len(plain(words)) >= _LEAST_WORDS and (choice or key in _CODES):
            # Explained twice and otherwise, it is not explained.
            found[key] = choice if found.get(key, choice) == choice else None
    return found


def _explained(part: str) -> Iterable[tuple[str, str]]:
    """Each code and its words: "P=Present A=Absent" holds two."""
    if "=" not in part:
        code, sign, words = _parted(part)
        return [(code, words)] if sign else []
    _, *found = _EXPLAINED.split(part)
    return [(code, words.strip()) for code, words in zip(found[::2], found[1::2], strict=True)]


def _parted(part: str) -> tuple[str, str, str]:
    for sign in (":", "–", " - "):
        code, found, words = part.partition(sign)
        if found:
            return code.strip(), found, words.strip()
    return part, "", ""
