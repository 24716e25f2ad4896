"""Neighbouring tokens make one amount, until one of a kind comes twice."""

import re
from dataclasses import replace
from itertools import pairwise

from domain.frequency.amount import Frequency
from domain.frequency.token import PERIODIC, Token
from domain.frequency.tokens import tokens

# Between two tokens of one amount there is little: "30 minutes, individual, 2 times a week".
_WIDEST_GAP = 60
_PER_ONLY = re.compile(r"(?:per\b|/|every|each)", re.IGNORECASE)
_AND = re.compile(r"[^.;\n]{0,40}(?:\band\b|[+&,])[^.;\n]{0,40}", re.IGNORECASE)
_SAYS_TIMES = re.compile(r"(?:times?|x|sessions?|visits?|twice|thrice|\d)\Z", re.IGNORECASE)


def frequencies(text: str) -> list[Frequency]:
    """Every amount in the text, in order; "30 min" alone has minutes only."""
    return [cluster.frequency for cluster in _clusters(text) if cluster.says_something]


def frequency(text: str) -> Frequency | None:
    """The amount of a line such as "2x30 min/wk, pull-out, SLP": the one that says most, the first of equals."""
    return max(frequencies(text), key=_fullness, default=None)


def _fullness(found: Frequency) -> int:
    minutes, times, per = found.most or found.amount
    return 4 * (minutes is not None) + 2 * (per is not None) + (times is not None) + 3 * (found.most is not None)


class _Cluster:
    """Tokens that make one amount."""

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.minutes: int | None = None
        self.times: int | None = None
        self.per: str | None = None
        self.has_per = self.is_once = self.is_said = self.is_ceiling = self.is_about = self.is_needed = False
        self.was_daily = self.is_of_days = self.is_bare_pair = False

    @property
    def frequency(self) -> Frequency:
        """The amount that they make."""
        times = 1 if self.times is None and self.is_once and self.per else self.times
        amount = (self.minutes, times, self.per)
        if self.was_daily and not self.has_per:
            amount = (self.minutes, times, "week")
        if self.is_ceiling or self.is_needed:
            most = amount if any(each is not None for each in amount) else None
            return Frequency(None, None, None, self.start, self.end, is_hedged=True, most=most)
        return Frequency(*amount, self.start, self.end, is_hedged=self.is_about)

    @property
    def says_something(self) -> bool:
        """Whether they make one."""
        if self.minutes == 0 or self.times == 0:
            return False
        if (self.is_of_days and self.minutes is None) or (self.is_bare_pair and not self.has_per):
            return False
        is_amount = self.minutes is not None or (self.times is not None and (self.has_per or self.is_said))
        return is_amount or (self.has_per and (self.is_once or self.is_said)) or self.is_needed

    def takes(self, token: Token) -> bool:
        """Whether it can be of this amount; a second length, count or period is of the next."""
        if token.minutes is not None and self.minutes is not None:
            return False
        if token.times is not None and self.times is not None and not self._is_days_of_daily(token):
            return False
        return not (token.kind in PERIODIC and self.has_per)

    def takes_weekdays(self) -> bool:
        """Whether days of the week would say how often it is."""
        return self.minutes is not None and self.times is None and not self.has_per

    def says_days_again(self, token: Token) -> bool:
        """Whether it says in figures what the days of the week have said: "Mon-Thu (4x a week)"."""
        is_same = token.times in (None, self.times) and token.per in (None, self.per)
        return self.is_of_days and is_same and token.minutes is None and not token.is_once and token.kind != "weekdays"

    def take(self, token: Token, text: str) -> None:
        """One more token."""
        if self._is_days_of_daily(token):
            # "30 minutes daily, 4 days a week" is four times a week.
            self.times, self.has_per, self.was_daily = ((token.times or 1) * (self.times or 1), False, True)
            self.is_once = False
        elif token.times is not None:
            self.times = token.times
            self.is_said |= bool(_SAYS_TIMES.search(text, token.start, token.end))
        if token.minutes is not None:
            self.minutes = token.minutes
            self.is_bare_pair = token.kind == "bare pair"
        if token.kind in PERIODIC:
            self.per, self.has_per, self.is_once = token.per, True, token.is_once
            self.is_said |= bool(_PER_ONLY.match(text, token.start))
            self.is_of_days |= token.kind == "weekdays"
        self.end = token.end

    def _is_days_of_daily(self, token: Token) -> bool:
        return token.kind == "days" and self.per == "day" and self.has_per and token.times is not None


def _clusters(text: str) -> list[_Cluster]:
    found: list[_Cluster] = []
    current: _Cluster | None = None
    ceiling: Token | None = None
    about: Token | None = None
    for token in tokens(text):
        gap = text[current.end : token.start] if current else ""
        is_near = current is not None and len(gap) <= _WIDEST_GAP and "\n\n" not in gap
        if token.kind == "x_count":
            # "1x/week x 30" is no second count.
            is_length = bool(is_near and current and current.minutes is None and current.times and (token.times or 0) >= 10)
            token = (
                replace(token, kind="bare pair", minutes=token.times, times=None) if is_length else replace(token, kind="count")
            )
        if token.kind == "needed":
            if not (current and is_near and ";" not in gap and not _ends_sentence(gap)):
                current = _Cluster(token.start)
                found.append(current)
            current.is_needed, current.end = True, token.end
        elif token.kind == "ceiling":
            if current and len(gap) <= 3 and not text[token.start : token.end].casefold().startswith(("up", "no", "not")):
                current.is_ceiling, current.end = True, token.end
            else:
                ceiling = token
        elif token.kind == "about":
            about = token
        elif current and is_near and len(gap) <= 12 and current.says_days_again(token):
            current.end = token.end
        elif token.kind == "weekdays" and is_near and current and not current.takes_weekdays():
            continue
        else:
            if (
                current is None
                or not is_near
                or not current.takes(token)
                or (current.is_needed and ";" in gap)
                or _is_apart(current, token, gap)
            ):
                current = _Cluster(token.start)
                found.append(current)
            is_first = current.minutes is None and current.times is None and not current.has_per
            if is_first and not current.is_needed:
                current.start = token.start
            current.take(token, text)
            for mark, is_ceiling in ((ceiling, True), (about, False)):
                if mark and 0 <= token.start - mark.end <= 12:
                    current.is_ceiling |= is_ceiling
                    current.is_about |= not is_ceiling
                    current.start = min(current.start, mark.start)
            ceiling = about = None
    _share_periods(text, found)
    return found


def _ends_sentence(gap: str) -> bool:
    return bool(re.search(r"[a-z]\.\s", gap))


def _is_apart(current: _Cluster, token: Token, gap: str) -> bool:
    """A complete amount takes nothing from beyond the end of a sentence."""
    return current.has_per and current.minutes is not None and (_ends_sentence(gap) or "\n" in gap)


def _share_periods(text: str, found: list[_Cluster]) -> None:
    """ "30 minutes direct and 15 minutes consult monthly": both are monthly."""
    for one, other in pairwise(found):
        is_open = one.minutes is not None and not one.has_per and other.has_per and other.minutes is not None
        if is_open and _AND.fullmatch(text, one.end, other.start):
            one.per, one.has_per, one.is_once = other.per, True, other.is_once
