"""What a practice asks whoever books, and what may be answered.

A question is {key, label, kind, required, choices}, as a type of consultation keeps it. An answer is kept with the words of
its question, so that it still reads well when the question is asked in other words, or no more.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.refusal import FieldError, Invalid

MOST_IN_A_LINE, MOST_CHARACTERS, LARGEST_NUMBER = 500, 5000, 10**12
FIRST_YEAR, LAST_YEAR = 1900, 2199

Question = Mapping[str, Any]


def answered(questions: Sequence[Question], said: Mapping[str, Any], *, by_visitor: bool = True) -> list[dict[str, Any]]:
    """The answers in the order of the questions, as {key, question, answer}; what was left empty is left out.

    Raises `Invalid` at `/answers/<key>` for a key that nobody asked for, a wrong answer and, of a visitor, a missing one.
    """
    asked = {str(question["key"]): question for question in questions}
    wrong = {key: "This was not asked." for key in said if key not in asked}
    answers = []
    for key, question in asked.items():
        answer = said.get(key)
        if _is_empty(answer):
            if question.get("required") and by_visitor:
                wrong[key] = "This has to be answered."
        elif fault := _READERS[question["kind"]](answer, question):
            wrong[key] = fault
        else:
            answers.append({"key": key, "question": question["label"], "answer": answer})
    if wrong:
        errors: list[FieldError] = [{"pointer": f"/answers/{_escaped(key)}", "detail": fault} for key, fault in wrong.items()]
        raise Invalid("Some of it is not valid.", errors)
    return answers


def _is_empty(answer: object) -> bool:
    return answer is None or answer == [] or (isinstance(answer, str) and not answer.strip())


# Each gives what is wrong with an answer, or nothing.


def _text(answer: object, _: Question) -> str | None:
    if not isinstance(answer, str) or len(answer) > MOST_IN_A_LINE or any(end in answer for end in "\r\n\t"):
        return f"This is one line of at most {MOST_IN_A_LINE} characters."
    return None


def _long_text(answer: object, _: Question) -> str | None:
    return (
        None
        if isinstance(answer, str) and len(answer) <= MOST_CHARACTERS
        else f"This has at most {MOST_CHARACTERS} characters."
    )


def _choice(answer: object, question: Question) -> str | None:
    return None if isinstance(answer, str) and answer in question["choices"] else "This is none of the choices."


def _choices(answer: object, question: Question) -> str | None:
    if not isinstance(answer, list):
        return "This is a list of choices."
    if any(not isinstance(one, str) or one not in question["choices"] for one in answer):
        return "This is none of the choices."
    return "A choice stands twice." if len(set(answer)) < len(answer) else None


def _yes_no(answer: object, _: Question) -> str | None:
    return None if isinstance(answer, bool) else "This is true or false."


def _number(answer: object, _: Question) -> str | None:
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not math.isfinite(answer):
        return "This is a number."
    return None if abs(answer) <= LARGEST_NUMBER else "This number is too large."


def _date(answer: object, _: Question) -> str | None:
    try:
        found = date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        found = None
    if found is None or found.isoformat() != answer or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return "A date is written YYYY-MM-DD and lies between 1900 and 2200."
    return None


_READERS: Mapping[str, Callable[[object, Question], str | None]] = {
    "text": _text,
    "long_text": _long_text,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "number": _number,
    "date": _date,
}


def _escaped(key: str) -> str:
    """As it stands in a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
